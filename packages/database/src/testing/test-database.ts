import { randomBytes } from "node:crypto";
import { Client } from "pg";
import { inject } from "vitest";
import { connectDatabase, type Database, type DatabaseAddress } from "../connect.ts";
import { templateDatabase } from "./postgres.global-setup.ts";

export type TestDatabase = {
  readonly database: Database;
  readonly address: DatabaseAddress;
  readonly password: string;
  /** Runs a statement of the test's own, past the pool: to look at rows, or to set something up. */
  readonly query: (
    statement: string,
    values?: readonly unknown[],
  ) => Promise<readonly Record<string, unknown>[]>;
  /** Closes the pool and drops the database. */
  readonly drop: () => Promise<void>;
};

/**
 * A migrated database of the test's own. `empty` leaves the migrations out; `copyOf` takes another one, whose pool
 * must have ended, as it is.
 */
export async function createTestDatabase(
  options: { empty?: boolean; copyOf?: Pick<TestDatabase, "address"> } = {},
): Promise<TestDatabase> {
  const { port, user, password } = inject("testPostgres");
  const name = `test_${randomBytes(8).toString("hex")}`;
  const run = async (database: string, statement: string, values: readonly unknown[] = []) => {
    const client = new Client({ host: "127.0.0.1", port, user, password, database });
    await client.connect();
    try {
      const { rows } = await client.query<Record<string, unknown>>(statement, [...values]);
      return rows;
    } finally {
      await client.end();
    }
  };
  const administer = (statement: string) => run("postgres", statement);
  const template = options.copyOf?.address.database ?? templateDatabase;
  await administer(`CREATE DATABASE ${name}${options.empty ? "" : ` TEMPLATE ${template}`}`);
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
    query: (statement, values) => run(name, statement, values),
    drop: async () => {
      if (database.state().state === "ACTIVE") await database.end();
      await administer(`DROP DATABASE ${name} WITH (FORCE)`);
    },
  };
}
