import { ensurePricePartitions } from "@vibe-charting/database";
import { createTestDatabase, type TestDatabase } from "@vibe-charting/database/testing";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { removeOldData } from "./remove-old-data.ts";

let test: TestDatabase;
beforeEach(async () => {
  test = await createTestDatabase();
});
afterEach(() => test.drop());

describe("removeOldData", () => {
  it("drops the partitions that lie wholly before the retention, by the market's time", async () => {
    await ensurePricePartitions(
      test.database,
      new Date("2020-12-01T00:00:00Z"),
      new Date("2021-05-01T00:00:00Z"),
    );
    const removed = await removeOldData(test.database, new Date("2021-05-02T00:00:00Z"), 90);
    expect(removed).toEqual({
      partitions: ["price_data_2020_12", "price_data_2021_01"],
      rows: {
        query_logs: 0,
        analysis_runs: 0,
        parked_messages: 0,
        outbox: 0,
        inbox: 0,
        anchor_prices: 0,
        alert_deliveries: 0,
      },
    });
    const [left] = await test.query(
      "SELECT count(*)::int AS partitions FROM pg_inherits WHERE inhparent = 'price_data'::regclass",
    );
    expect(left).toEqual({ partitions: 4 });
  });

  it("deletes what the provider's changes told at listings before the retention, by the market's time", async () => {
    await test.query(
      `WITH coin AS (
         INSERT INTO cryptocurrencies (cmc_id, symbol, name, slug, kind) VALUES (1, 'BTC', 'Bitcoin', 'bitcoin', 'native')
         RETURNING id
       )
       INSERT INTO anchor_prices (crypto_id, timestamp, price, quoted_at)
       SELECT id, listed - interval '90 days', 1, listed
       FROM coin, unnest(ARRAY['2021-01-30', '2021-02-02']::timestamptz[]) listed`,
    );
    const { rows } = await removeOldData(test.database, new Date("2021-05-02T00:00:00Z"), 90);
    expect(rows.anchor_prices).toBe(1);
    expect(await test.query("SELECT quoted_at FROM anchor_prices")).toEqual([
      { quoted_at: new Date("2021-02-02T00:00:00Z") },
    ]);
  });

  it("deletes logs by the retention, by the database's clock", async () => {
    await test.query(
      `INSERT INTO analysis_runs (run_type, started_at)
       SELECT 'cleanup', now() - make_interval(days => age) FROM unnest(ARRAY[1, 99, 101]) age`,
    );
    const { rows } = await removeOldData(test.database, new Date("2021-05-02T00:00:00Z"), 100);
    expect(rows).toEqual({
      query_logs: 0,
      analysis_runs: 1,
      parked_messages: 0,
      outbox: 0,
      inbox: 0,
      anchor_prices: 0,
      alert_deliveries: 0,
    });
  });

  it("has nothing to remove the second time", async () => {
    await ensurePricePartitions(
      test.database,
      new Date("2020-12-01T00:00:00Z"),
      new Date("2020-12-01T00:00:00Z"),
    );
    const now = new Date("2021-05-02T00:00:00Z");
    await removeOldData(test.database, now, 90);
    expect((await removeOldData(test.database, now, 90)).partitions).toEqual([]);
  });
});
