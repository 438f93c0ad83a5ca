import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findFreePort, removeLinkedData, startPostgresServer } from "@vibe-charting/local-stage/postgres";
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
  const postgres = {
    port: await findFreePort(),
    user: "vibe_charting",
    password: randomBytes(16).toString("hex"),
  };
  const parentDirectory = join(directory, "postgres");
  const server = await startPostgresServer({
    parentDirectory,
    instanceName: "tests",
    logFile: join(directory, "postgres.log"),
    port: postgres.port,
    databaseName: templateDatabase,
    username: postgres.user,
    password: postgres.password,
    majorVersion: undefined,
    isDurable: false,
    onUnexpectedExit: () => {},
  });
  await migrateDatabase(
    { host: "127.0.0.1", port: postgres.port, database: templateDatabase, username: postgres.user },
    postgres.password,
    join(import.meta.dirname, "../../../../migrations"),
  );
  project.provide("testPostgres", postgres);
  return async () => {
    await server.stop();
    await removeLinkedData(parentDirectory);
    rmSync(directory, { recursive: true, force: true });
  };
}
