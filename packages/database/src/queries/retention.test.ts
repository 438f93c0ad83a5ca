import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { connectDatabase } from "../connect.ts";
import { createTestDatabase, type TestDatabase } from "../testing/index.ts";
import { upsertCoins } from "./cryptocurrencies.ts";
import { ensurePricePartitions, insertPrices, readPriceSeries } from "./prices.ts";
import { deleteOldRows, dropPricePartitions } from "./retention.ts";

let test: TestDatabase;
beforeEach(async () => {
  test = await createTestDatabase();
});
afterEach(() => test.drop());

const at = (time: string) => new Date(time);
const partitions = async () =>
  (
    await test.query(
      "SELECT inhrelid::regclass::text AS name FROM pg_inherits WHERE inhparent = 'price_data'::regclass ORDER BY name",
    )
  ).map(({ name }) => name);

describe("partitions of prices", () => {
  it("are made for each month of a stretch, once", async () => {
    await ensurePricePartitions(test.database, at("2025-11-30T23:59:59Z"), at("2026-01-01T00:00:00Z"));
    await ensurePricePartitions(test.database, at("2026-01-15T00:00:00Z"), at("2026-01-16T00:00:00Z"));
    expect(await partitions()).toEqual(["price_data_2025_11", "price_data_2025_12", "price_data_2026_01"]);
  });

  it("are made once by two at once", async () => {
    const ensure = () =>
      ensurePricePartitions(test.database, at("2026-01-01T00:00:00Z"), at("2026-06-01T00:00:00Z"));
    await Promise.all([ensure(), ensure(), ensure()]);
    expect(await partitions()).toHaveLength(6);
  });

  it("are dropped only where they lie wholly before the time", async () => {
    await ensurePricePartitions(test.database, at("2025-11-01T00:00:00Z"), at("2026-01-01T00:00:00Z"));
    expect(await dropPricePartitions(test.database, at("2025-12-31T23:59:59.999Z"))).toEqual([
      "price_data_2025_11",
    ]);
    expect(await dropPricePartitions(test.database, at("2026-01-01T00:00:00Z"))).toEqual([
      "price_data_2025_12",
    ]);
    expect(await dropPricePartitions(test.database, at("2026-01-01T00:00:00Z"))).toEqual([]);
    expect(await partitions()).toEqual(["price_data_2026_01"]);
  });

  it("take their prices with them, and leave the others", async () => {
    const ids = await upsertCoins(test.database, [
      { cmcId: 1, symbol: "BTC", name: "Bitcoin", slug: "bitcoin", kind: "native", rank: 1 },
    ]);
    const cryptoId = ids.get(1) ?? 0;
    const times = ["2025-12-31T23:59:59Z", "2026-01-01T00:00:00Z"].map(at);
    await ensurePricePartitions(test.database, at("2025-12-01T00:00:00Z"), at("2026-01-01T00:00:00Z"));
    const price = { cryptoId, priceUsd: 100, volume24hUsd: null, marketCapUsd: null, rank: null };
    await insertPrices(
      test.database,
      times.map(observedAt => ({ ...price, observedAt })),
      null,
    );
    await dropPricePartitions(test.database, at("2026-01-31T00:00:00Z"));
    const kept = await readPriceSeries(
      test.database,
      cryptoId,
      at("2000-01-01T00:00:00Z"),
      at("2030-01-01T00:00:00Z"),
    );
    expect(kept.at).toEqual([Date.UTC(2026, 0, 1)]);
  });

  it.each(["America/New_York", "Europe/Berlin", "Asia/Kolkata"])(
    "are months of UTC on a server in %s",
    async timezone => {
      await test.query(`ALTER DATABASE ${test.address.database} SET timezone TO '${timezone}'`);
      const there = await connectDatabase({
        address: test.address,
        password: async () => test.password,
        maxPoolSize: 1,
        statementTimeoutMs: 10_000,
      });
      try {
        for (const month of ["2026-03", "2026-04", "2026-10", "2026-11", "2026-12"]) {
          const first = at(`${month}-01T00:00:00Z`);
          await ensurePricePartitions(there, first, first);
        }
        expect(await partitions()).toHaveLength(5);
        expect(await dropPricePartitions(there, at("2026-05-01T00:00:00Z"))).toEqual([
          "price_data_2026_03",
          "price_data_2026_04",
        ]);
        expect(await dropPricePartitions(there, at("2026-10-31T23:59:59Z"))).toEqual([]);
      } finally {
        await there.end();
      }
    },
  );
});

describe("deleteOldRows", () => {
  it("deletes logs, runs and the traces of messages that have served their time, and nothing else", async () => {
    await test.query(
      `INSERT INTO query_logs (query_text, intent_type, intent_confidence, result_count, latency_ms, created_at)
       SELECT 'q', 'i', 1, 0, 1, now() - make_interval(days => age) FROM unnest(ARRAY[89, 91]) age`,
    );
    await test.query(
      `INSERT INTO analysis_runs (run_type, started_at)
       SELECT 'cleanup', now() - make_interval(days => age) FROM unnest(ARRAY[89, 91]) age`,
    );
    await test.query(
      `INSERT INTO parked_messages (consumer, message_id, reason, body, parked_at)
       SELECT 'analysis', age::text, 'no JSON', '', now() - make_interval(days => age) FROM unnest(ARRAY[89, 91]) age`,
    );
    await test.query(
      `INSERT INTO inbox (consumer, event_id, received_at)
       SELECT 'analysis', age::text, now() - make_interval(days => age) FROM unnest(ARRAY[29, 31]) age`,
    );
    await test.query(
      `INSERT INTO outbox (topic, event_id, body, attributes, created_at, published_at)
       SELECT 'prices.ingested', age::text, '{}'::jsonb, '{}'::jsonb, now() - interval '40 days',
         CASE WHEN age > 0 THEN now() - make_interval(days => age) END
       FROM unnest(ARRAY[29, 31, -1]) age`,
    );
    await test.query(
      `INSERT INTO alert_recipients (id, api_key_id, channel, address) VALUES ('r', 'k', 'email', 'a@example.com')`,
    );
    await test.query(
      `INSERT INTO alert_deliveries (recipient_id, event_id, alert_ids, signal, decided_at, created_at)
       SELECT 'r', age::text, '{}', '{}', now(), now() - make_interval(days => age) FROM unnest(ARRAY[29, 31]) age`,
    );
    expect(await deleteOldRows(test.database, { logDays: 90, messageDays: 30 })).toEqual({
      query_logs: 1,
      analysis_runs: 1,
      parked_messages: 1,
      outbox: 1,
      inbox: 1,
      alert_deliveries: 1,
    });
    expect(await test.query("SELECT event_id FROM outbox ORDER BY event_id")).toEqual([
      { event_id: "-1" },
      { event_id: "29" },
    ]);
    expect(await test.query("SELECT event_id FROM inbox")).toEqual([{ event_id: "29" }]);
  });
});
