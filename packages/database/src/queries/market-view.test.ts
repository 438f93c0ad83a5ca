import { sql } from "slonik";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { createTestDatabase, type TestDatabase } from "../testing/index.ts";
import {
  findCoinsBySymbols,
  findPastMoment,
  listListedCoins,
  readDataMarks,
  readMarketView,
  readTrendsOfTimeframes,
} from "./market-view.ts";
import { readPriceSeriesOfCoins } from "./prices.ts";
import { listEpisodes } from "./signals.ts";

const coins = 100;
const days = 30;
const hourMs = 60 * 60 * 1_000;
const newest = new Date("2026-03-18T00:00:00Z");
const hoursAgo = (hours: number) => new Date(newest.getTime() - hours * hourMs);

/** Hourly listings of many coins: coin `i` has the id, the rank and the price `i`, and gains 1 % of it a day. */
async function storeHourlyMarket({ database }: TestDatabase): Promise<void> {
  const hours = sql.fragment`generate_series(${hoursAgo(days * 24).toISOString()}::timestamptz, ${newest.toISOString()}::timestamptz, interval '1 hour')`;
  await database.query(sql.unsafe`
    SELECT ensure_price_partitions(${hoursAgo(days * 24).toISOString()}::timestamptz, ${newest.toISOString()}::timestamptz)
  `);
  await database.query(sql.unsafe`
    INSERT INTO cryptocurrencies (cmc_id, symbol, name, slug, kind, rank)
    SELECT i, 'C' || i, 'Coin ' || i, 'coin-' || i, 'native', i FROM generate_series(1, ${coins}) i
  `);
  await database.query(sql.unsafe`
    INSERT INTO price_data (crypto_id, timestamp, price, volume_24h, market_cap, rank, snapshot_at)
    SELECT id, hour, rank * (1 - extract(epoch FROM ${newest.toISOString()}::timestamptz - hour) / 86400 * 0.01),
      1, 1, rank, hour
    FROM cryptocurrencies, ${hours} hour
  `);
  await database.query(sql.unsafe`
    INSERT INTO market_snapshots (observed_at, source, origin, coins)
    SELECT hour, 'replay', 'listing', ${coins} FROM ${hours} hour
  `);
  await database.query(sql.unsafe`
    INSERT INTO signal_events (crypto_id, episode_id, signal_type, state, confidence, opened_at, detected_at, price,
      detector_version, evidence, alerted)
    SELECT id, id || ':' || hour, 'volume_anomaly', 'confirmed', 0.5, hour, hour, 1, '1',
      '{"conditions":[],"points":[],"levels":{},"notes":[]}', true
    FROM cryptocurrencies, ${hours} hour WHERE extract(hour FROM hour)::int % 4 = 0
  `);
  await database.query(sql.unsafe`ANALYZE`);
}

describe("a market of many hours", () => {
  let test: TestDatabase;
  beforeAll(async () => {
    test = await createTestDatabase();
    await storeHourlyMarket(test);
  });
  afterAll(() => test.drop());

  const view = (windowStart: Date, more: { toleranceMs?: number; cryptoIds?: readonly number[] } = {}) =>
    readMarketView(test.database, {
      moment: { kind: "listing", at: newest },
      windowStart,
      toleranceMs: more.toleranceMs ?? 12 * hourMs,
      cryptoIds: more.cryptoIds,
    });

  it("gives each coin the price nearest to the window's start", async () => {
    const rows = await view(new Date(hoursAgo(48).getTime() + 0.6 * hourMs));
    expect(rows.length).toBe(coins);
    const [first] = rows;
    expect(first?.startPriceUsd).toBeCloseTo(1 - (47 / 24) * 0.01, 9);
  });

  it("gives no price for a start that nothing was observed near", async () => {
    const rows = await view(hoursAgo(days * 24 + 10), { toleranceMs: hourMs, cryptoIds: [1, 2] });
    expect(rows.map(({ symbol, startPriceUsd }) => [symbol, startPriceUsd])).toEqual([
      ["C1", null],
      ["C2", null],
    ]);
  });

  it("never takes the listing's own price for the window's start", async () => {
    const [row] = await view(newest, { cryptoIds: [1] });
    expect(row?.startPriceUsd).toBeCloseTo(1 - (1 / 24) * 0.01, 9);
  });

  it("gives the last past prices where there was no listing", async () => {
    const rows = await readMarketView(test.database, {
      moment: { kind: "past_prices", at: new Date(hoursAgo(30).getTime() + 1) },
      windowStart: hoursAgo(54),
      toleranceMs: hourMs,
      cryptoIds: [3],
    });
    expect(rows.map(({ observedAt, rank }) => ({ observedAt, rank }))).toEqual([
      { observedAt: hoursAgo(30), rank: 3 },
    ]);
    expect(await findPastMoment(test.database, newest)).toBeNull();
  });

  it("pages through a listing by rank", async () => {
    const first = await listListedCoins(test.database, newest, { limit: 2 });
    const next = await listListedCoins(test.database, newest, { limit: 2, after: { rank: 2, cmcId: 2 } });
    expect([...first, ...next].map(({ cmcId }) => cmcId)).toEqual([1, 2, 3, 4]);
  });

  it("reads prices, signals and marks by their indexes, and no table from end to end", async () => {
    const scans = () =>
      test.database.any(sql.type(z.object({ relname: z.string(), seq_scan: z.number() }))`
        SELECT relname, seq_scan FROM pg_stat_user_tables
        WHERE relname LIKE 'price_data%' OR relname = 'signal_events' ORDER BY relname
      `);
    // The counters of a connection are written at the end of a transaction, at once where that is asked for.
    const flush = () => test.database.query(sql.unsafe`SELECT pg_stat_force_next_flush()`);
    await flush();
    const before = await scans();
    await view(hoursAgo(7 * 24));
    await view(hoursAgo(24), { cryptoIds: [1, 2] });
    await listListedCoins(test.database, newest, { limit: 50, after: { rank: 3, cmcId: 3 } });
    await listEpisodes(test.database, { limit: 50 });
    await listEpisodes(test.database, { cryptoIds: [5], limit: 50 });
    await listEpisodes(test.database, { since: hoursAgo(24), limit: 50 });
    await readTrendsOfTimeframes(test.database, ["7d"]);
    await readPriceSeriesOfCoins(test.database, [1, 2], hoursAgo(7 * 24), hoursAgo(24));
    await findCoinsBySymbols(test.database, ["c1", "C2"]);
    await readDataMarks(test.database);
    await flush();
    expect(await scans()).toEqual(before);
  });
});
