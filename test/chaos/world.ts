import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connectDatabase, type DatabaseAddress, migrateDatabase } from "@vibe-charting/database";
import { type Emulator, startEmulator } from "@vibe-charting/local-stage/messaging";
import {
  findFreePort,
  type PostgresServer,
  removeLinkedData,
  startPostgresServer,
} from "@vibe-charting/local-stage/postgres";
import { Client } from "pg";
import { loadPast } from "./load-past.ts";

export const region = "us-east-2";
const template = "chaos_template";
const superuser = "chaos";
const migrations = join(import.meta.dirname, "../../migrations");

/** What all runs share: one PostgreSQL server with a prepared database to copy, and one SNS and SQS. */
export type World = {
  readonly server: { readonly host: string; readonly port: number };
  readonly awsPort: number;
  readonly emulator: Emulator;
  readonly password: string;
  readonly createDatabase: () => Promise<DatabaseAddress>;
  readonly dropDatabase: (address: DatabaseAddress) => Promise<void>;
  readonly restartPostgres: () => Promise<void>;
  readonly stop: () => Promise<void>;
};

/** Starts PostgreSQL and the emulator, and prepares the market's past. */
export async function startWorld(): Promise<World> {
  const folder = await mkdtemp(join(tmpdir(), "vibe-chaos-"));
  const password = randomBytes(16).toString("hex");
  const port = await findFreePort();
  const server = { host: "127.0.0.1", port };
  const start = () =>
    startPostgresServer({
      parentDirectory: join(folder, "postgres"),
      instanceName: "chaos",
      logFile: join(folder, "postgres.log"),
      port,
      databaseName: template,
      username: superuser,
      password,
      majorVersion: undefined,
      isDurable: false,
      onUnexpectedExit: () => {},
    });
  let postgres: PostgresServer = await start();
  const addressOf = (database: string): DatabaseAddress => ({ ...server, database, username: superuser });
  const administer = async (...statements: readonly string[]) => {
    const client = new Client({ ...server, user: superuser, password, database: "postgres" });
    await client.connect();
    try {
      for (const statement of statements) await client.query(statement);
    } finally {
      await client.end();
    }
  };
  // A deadlock is to be seen at once, and a password's check to cost little: both are the server's own settings.
  await administer(
    "ALTER SYSTEM SET deadlock_timeout = '50ms'",
    "ALTER SYSTEM SET scram_iterations = 1",
    "ALTER SYSTEM SET autovacuum = off",
    "SELECT pg_reload_conf()",
  );
  await administer(`ALTER ROLE ${superuser} PASSWORD '${password}'`);
  await migrateDatabase(addressOf(template), password, migrations);
  const past = await connectDatabase({
    address: addressOf(template),
    password: async () => password,
    maxPoolSize: 1,
    statementTimeoutMs: 60_000,
  });
  await loadPast(past);
  await past.end();

  const awsPort = await findFreePort();
  const emulator = await startEmulator({
    port: awsPort,
    region,
    dataDirectory: join(folder, "messaging"),
    roleCheck: () => undefined,
    mail: { send: async () => {} },
  });
  let databases = 0;
  return {
    server,
    awsPort,
    emulator,
    password,
    createDatabase: async () => {
      const name = `chaos_${++databases}`;
      await administer(`CREATE DATABASE ${name} TEMPLATE ${template}`);
      return addressOf(name);
    },
    dropDatabase: async ({ database }) => await administer(`DROP DATABASE ${database} WITH (FORCE)`),
    restartPostgres: async () => {
      await postgres.stop();
      postgres = await start();
    },
    stop: async () => {
      await emulator.stop();
      await postgres.stop();
      await removeLinkedData(join(folder, "postgres"));
      await rm(folder, { recursive: true, force: true });
    },
  };
}
