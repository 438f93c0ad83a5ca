import { randomBytes } from "node:crypto";
import { cpSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "slonik";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { migrateDatabase } from "./migrate.ts";
import { createTestDatabase, type TestDatabase } from "./testing/index.ts";

const migrations = join(import.meta.dirname, "../../../migrations");

describe("migrateDatabase", () => {
  let test: TestDatabase;
  beforeEach(async () => {
    test = await createTestDatabase({ empty: true });
  });
  afterEach(() => test.drop());

  const tables = () =>
    test.database.anyFirst(sql.type(z.object({ name: z.string() }))`
      SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename
    `);

  it("makes the tables of the contract", async () => {
    await migrateDatabase(test.address, test.password, migrations);
    expect(await tables()).toEqual([
      "alert_deliveries",
      "alert_recipients",
      "alerts",
      "analysis_runs",
      "anchor_prices",
      "coin_histories",
      "cryptocurrencies",
      "detector_states",
      "inbox",
      "market_move_state",
      "market_moves",
      "market_snapshots",
      "outbox",
      "parked_messages",
      "price_data",
      "query_logs",
      "schema_migrations",
      "signal_events",
      "signal_outcomes",
      "signal_records",
      "trend_analysis",
    ]);
  });

  it("does nothing the second time", async () => {
    const first = await migrateDatabase(test.address, test.password, migrations);
    const second = await migrateDatabase(test.address, test.password, migrations);
    expect(second).toEqual({ applied: [], version: first.version });
  });

  it("lets one of two migrators at once do the work", async () => {
    const reports = await Promise.all([
      migrateDatabase(test.address, test.password, migrations),
      migrateDatabase(test.address, test.password, migrations),
    ]);
    expect(reports.map(report => report.applied.length).sort()).toEqual([0, expect.any(Number)]);
    expect(Math.max(...reports.map(report => report.applied.length))).toBeGreaterThan(0);
  });

  it("needs no superuser, as RDS gives none", async () => {
    const name = `owner_${randomBytes(4).toString("hex")}`;
    await test.query(`CREATE ROLE ${name} LOGIN CREATEROLE PASSWORD '${test.password}'`);
    await test.query(`GRANT rds_iam TO ${name} WITH ADMIN OPTION`);
    await test.query(`ALTER DATABASE ${test.address.database} OWNER TO ${name}`);
    // Roles are of the whole server: those of the other tests' migrations are not this owner's.
    const directory = mkdtempSync(join(tmpdir(), "migrations-"));
    cpSync(migrations, directory, { recursive: true });
    for (const entry of readdirSync(directory)) {
      const file = join(directory, entry);
      writeFileSync(file, readFileSync(file, "utf8").replaceAll("vibe_", `${name}_`));
    }
    const { applied } = await migrateDatabase({ ...test.address, username: name }, test.password, directory);
    expect(applied).toContain("005.do.database-roles.sql");
    await test.query(`REASSIGN OWNED BY ${name} TO ${test.address.username}`);
  });

  it("applies all migrations or none", async () => {
    const directory = mkdtempSync(join(tmpdir(), "migrations-"));
    cpSync(migrations, directory, { recursive: true });
    writeFileSync(
      join(directory, "999.do.broken.sql"),
      "CREATE TABLE half_done (id int); SELECT no_such_column;",
    );
    await expect(migrateDatabase(test.address, test.password, directory)).rejects.toThrow(/no_such_column/);
    expect(await tables()).toEqual([]);
  });
});
