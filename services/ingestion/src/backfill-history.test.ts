import {
  type CoinRow,
  findNewestListing,
  leaseOutbox,
  listRankedCoins,
  upsertCoinHistorySources,
} from "@vibe-charting/database";
import { createTestDatabase, type TestDatabase } from "@vibe-charting/database/testing";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { announceHistories, type LoadedHistory, storeHistory } from "./backfill-history.ts";
import type { PastPrice } from "./coingecko/fetch-history.ts";
import { ingestListing } from "./ingest-listing.ts";

const hourMs = 3_600_000;
const newYear = Date.UTC(2026, 0, 1);
const at = (hours: number) => new Date(newYear + hours * hourMs);

let test: TestDatabase;
let coins: readonly CoinRow[];
beforeEach(async () => {
  test = await createTestDatabase();
  const listed = [
    { cmcId: 1, symbol: "BTC", name: "Bitcoin", slug: "bitcoin", rank: 1, tags: [] },
    { cmcId: 1027, symbol: "ETH", name: "Ethereum", slug: "ethereum", rank: 2, tags: [] },
  ].map(coin => ({
    ...coin,
    priceUsd: 100,
    volume24hUsd: 1e6,
    marketCapUsd: 1e9,
    changes: [],
    observedAt: at(100),
  }));
  await ingestListing(test.database, "demo", { coins: listed, rejected: [], creditCount: 1 });
  await test.query("DELETE FROM outbox");
  coins = await listRankedCoins(test.database);
  await upsertCoinHistorySources(
    test.database,
    coins.map(({ id, slug }) => ({ cryptoId: id, coinGeckoId: slug, refusal: null })),
    at(100),
  );
});
afterEach(() => test.drop());

function price(hours: number, priceUsd: number, volume24hUsd: number | null = 1e6): PastPrice {
  return { observedAt: at(hours), priceUsd, volume24hUsd, marketCapUsd: null };
}

function history(
  index: number,
  prices: readonly PastPrice[],
  asked = { from: at(0), to: at(2) },
): LoadedHistory {
  const coin = coins[index];
  if (!coin) throw new Error(`no coin ${index}`);
  return { coin: { crypto_id: coin.id }, prices, asked, checkedAt: at(100) };
}

const prices = () =>
  test.query(
    `SELECT symbol, timestamp, price, snapshot_at FROM price_data
     JOIN cryptocurrencies ON cryptocurrencies.id = crypto_id ORDER BY cmc_id, timestamp`,
  );
const eventIds = async () =>
  (await leaseOutbox(test.database, ["prices.ingested"], 100, 0)).map(({ id }) => id);

describe("storeHistory", () => {
  it("stores each price once, across months, and leaves what is there", async () => {
    const months = [price(-24 * 31, 50), price(0, 60), price(100, 61)];
    expect(await storeHistory(test.database, history(0, months))).toBe(2);
    expect(await storeHistory(test.database, history(0, months))).toBe(0);
    expect(await prices()).toEqual([
      { symbol: "BTC", timestamp: at(-24 * 31), price: 50, snapshot_at: null },
      { symbol: "BTC", timestamp: at(0), price: 60, snapshot_at: null },
      { symbol: "BTC", timestamp: at(100), price: 100, snapshot_at: at(100) },
      { symbol: "ETH", timestamp: at(100), price: 100, snapshot_at: at(100) },
    ]);
  });

  it("stores no price when the stretch cannot be recorded", async () => {
    await test.query("ALTER TABLE coin_histories ADD CHECK (asked_to IS NULL)");
    await expect(storeHistory(test.database, history(0, [price(0, 50)]))).rejects.toThrow();
    expect(await prices()).toMatchObject([{ symbol: "BTC", timestamp: at(100) }, { symbol: "ETH" }]);
  });

  it("stores nothing of an empty history", async () => {
    expect(await storeHistory(test.database, history(0, []))).toBe(0);
  });
});

describe("announceHistories", () => {
  const load = async (histories: readonly LoadedHistory[], now: Date, source: "demo" | "replay" = "demo") => {
    for (const one of histories) await storeHistory(test.database, one);
    return await announceHistories(test.database, source, now);
  };
  const past = () =>
    test.query(
      `SELECT observed_at, origin, coins, median_log_return, median_log_volume_change, breadth
       FROM market_snapshots WHERE observed_at < '2026-01-02' ORDER BY observed_at`,
    );

  it("puts one event for each coin with its stretch into the outbox, once", async () => {
    const histories = [
      history(0, [price(0, 50), price(1, 51), price(2, 52)]),
      history(1, [price(1, 10), price(2, 11)], { from: at(1), to: at(2) }),
    ];
    expect(await load(histories, at(100))).toBe(2);
    expect(await announceHistories(test.database, "demo", at(101))).toBe(0);
    expect(await eventIds()).toEqual([
      `prices:${at(0).toISOString()}:${at(2).toISOString()}:1:backfill:${at(100).toISOString()}`,
      `prices:${at(1).toISOString()}:${at(2).toISOString()}:1027:backfill:${at(100).toISOString()}`,
    ]);
  });

  it("tells again of a history that is loaded again", async () => {
    const histories = [history(0, [price(0, 50), price(1, 51)])];
    await load(histories, at(100));
    await load(histories, at(101));
    expect((await eventIds()).map(id => id.split(":backfill:").at(-1))).toEqual(
      [at(100), at(101)].map(time => time.toISOString()),
    );
  });

  it("tells of no coin without prices", async () => {
    expect(await load([history(0, []), history(1, [price(0, 1)])], at(100))).toBe(1);
    expect(await load([history(0, [])], at(101))).toBe(0);
  });

  it("works out what the market did in each hour, as past and not as a listing", async () => {
    await load(
      [
        history(0, [price(0, 50, 1e6), price(1, 100, 2e6)]),
        history(1, [price(0, 10, null), price(1, 10, 1e6)]),
      ],
      at(100),
    );
    const nothing = { median_log_return: null, median_log_volume_change: null, breadth: null };
    expect(await past()).toEqual([
      { observed_at: at(0), origin: "backfill", coins: 2, ...nothing },
      {
        observed_at: at(1),
        origin: "backfill",
        coins: 2,
        median_log_return: expect.closeTo(Math.log(2) / 2, 12),
        median_log_volume_change: expect.closeTo(Math.log(2), 12),
        breadth: 0.5,
      },
    ]);
    expect(await findNewestListing(test.database)).toEqual({ observedAt: at(100), source: "demo" });
  });

  it("works out every hour of a long past, at the seams of its parts too", async () => {
    const hours = Array.from({ length: 8 * 24 }, (_, hour) => hour - 8 * 24);
    const growing = (start: number) =>
      hours.map(hour => price(hour, start * 1.01 ** hour, 1e6 * 1.02 ** hour));
    const asked = { from: at(-8 * 24), to: at(-1) };
    await load([history(0, growing(50), asked), history(1, growing(10), asked)], at(100));
    const records = (await past()).slice(0, hours.length);
    expect(records.map(({ observed_at }) => observed_at)).toEqual(hours.map(at));
    for (const record of records.slice(1)) {
      expect(record).toMatchObject({
        coins: 2,
        median_log_return: expect.closeTo(Math.log(1.01), 9),
        median_log_volume_change: expect.closeTo(Math.log(1.02), 9),
        breadth: 1,
      });
    }
  });

  it("works out an hour again when another coin's past comes later", async () => {
    await load([history(0, [price(0, 50), price(1, 100)])], at(100));
    await load([history(1, [price(0, 10), price(1, 10)])], at(101));
    expect((await past()).at(-1)).toMatchObject({
      coins: 2,
      median_log_return: expect.closeTo(Math.log(2) / 2, 12),
      breadth: 0.5,
    });
  });

  it("keeps what led to the first hour of a shorter stretch that is loaded later", async () => {
    await load([history(0, [price(0, 50), price(1, 100)])], at(100));
    const before = await past();
    await load([history(0, [price(1, 100)], { from: at(1), to: at(1) })], at(101));
    expect(await past()).toEqual(before);
  });

  it("refuses the past of another kind of market", async () => {
    await expect(load([history(0, [price(0, 50)])], at(100), "replay")).rejects.toThrow(
      "The database holds the demo market, the past prices are of the replay market: they are never mixed",
    );
    expect(await eventIds()).toEqual([]);
  });

  it("leaves nothing when it fails in the middle, and tells of it the next time", async () => {
    await storeHistory(test.database, history(0, [price(0, 50), price(1, 51)]));
    await test.query("ALTER TABLE outbox ADD CONSTRAINT broken CHECK (event_id NOT LIKE '%backfill%')");
    await expect(announceHistories(test.database, "demo", at(100))).rejects.toThrow();
    expect(await test.query("SELECT origin FROM market_snapshots")).toEqual([{ origin: "listing" }]);
    await test.query("ALTER TABLE outbox DROP CONSTRAINT broken");
    expect(await announceHistories(test.database, "demo", at(101))).toBe(1);
  });
});
