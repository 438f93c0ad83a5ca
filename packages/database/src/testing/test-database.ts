import { randomBytes } from "node:crypto";
import { Client } from "pg";
import { inject } from "vitest";
import { connectDatabase, type Database, type DatabaseAddress } from "../connect.ts";
import { templateDatabase } from "./postgres.global-setup.ts";

export type TestDatabase = {
  readonly database: Database;
  readonly address: DatabaseAddress;
  readonly password: string;
  /** Closes the pool and drops the database. */
  readonly drop: () => Promise<void>;
};

/** A migrated database of the test's own; `empty` leaves the migrations out. */
export async function createTestDatabase(options: { empty?: boolean } = {}): Promise<TestDatabase> {
  const { port, user, password } = inject("testPostgres");
  const name = `test_${randomBytes(8).toString("hex")}`;
  const administer = async (statement: string) => {
    const client = new Client({ host: "127.0.0.1", port, user, password, database: "postgres" });
    await client.connect();
    await client.query(statement);
    await client.end();
  };
  await administer(`CREATE DATABASE ${name}${options.empty ? "" : ` TEMPLATE ${templateDatabase}`}`);
  const address = { host: "127.0.0.1", port, database: name, username: user };
  const database = await connectDatabase({
    address,
    password: async () => password,
    maxPoolSize: 5,
    statementTimeoutMs: 10_000,
  });
  return {
    database,
    address,
    password,
    drop: async () => {
      await database.end();
      await administer(`DROP DATABASE ${name} WITH (FORCE)`);
    },
  };
}
