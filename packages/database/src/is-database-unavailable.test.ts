import { sql } from "slonik";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { connectDatabase } from "./connect.ts";
import { isDatabaseUnavailable } from "./is-database-unavailable.ts";
import { createTestDatabase, type TestDatabase } from "./testing/index.ts";

describe("isDatabaseUnavailable", () => {
  let test: TestDatabase;
  beforeAll(async () => {
    test = await createTestDatabase();
  });
  afterAll(() => test.drop());

  const errorOf = async (work: Promise<unknown>): Promise<unknown> =>
    await work.then(
      () => null,
      error => error,
    );

  it("tells a server that nobody reaches", async () => {
    const address = { ...test.address, port: 1 };
    const password = async () => test.password;
    const error = await errorOf(
      connectDatabase({ address, password, maxPoolSize: 1, statementTimeoutMs: 1_000 }),
    );
    expect(isDatabaseUnavailable(error)).toBe(true);
  });

  it("tells a connection that the server ended", async () => {
    const error = await errorOf(
      test.database.query(sql.unsafe`SELECT pg_terminate_backend(pg_backend_pid())`),
    );
    expect(isDatabaseUnavailable(error)).toBe(true);
  });

  it("tells a failure by what caused it", () => {
    const refused = Object.assign(new Error("refused"), { code: "ECONNREFUSED" });
    expect(isDatabaseUnavailable(new Error("wrapped", { cause: refused }))).toBe(true);
  });

  it("does not take a wrong query for it", async () => {
    const error = await errorOf(test.database.query(sql.unsafe`SELECT no_such_column`));
    expect(isDatabaseUnavailable(error)).toBe(false);
  });
});
