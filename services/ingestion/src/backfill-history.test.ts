import { type CoinRow, findNewestListing, leaseOutbox, listRankedCoins } from "@vibe-charting/database";
import { createTestDatabase, type TestDatabase } from "@vibe-charting/database/testing";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { announceHistories, type CoinHistory, storeHistory } from "./backfill-history.ts";
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
});
afterEach(() => test.drop());

function price(hours: number, priceUsd: number, volume24hUsd: number | null = 1e6): PastPrice {
  return { observedAt: at(hours), priceUsd, volume24hUsd, marketCapUsd: null };
}

function history(index: number, prices: readonly PastPrice[]): CoinHistory {
  const coin = coins[index];
  if (!coin) throw new Error(`no coin ${index}`);
  return { coin, prices };
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

  it("stores nothing of an empty history", async () => {
    expect(await storeHistory(test.database, history(0, []))).toBe(0);
  });
});

describe("announceHistories", () => {
  const load = async (
    histories: readonly CoinHistory[],
    revision: string,
    source: "demo" | "replay" = "demo",
  ) => {
    for (const one of histories) await storeHistory(test.database, one);
    return await announceHistories(test.database, source, histories, revision);
  };

  it("puts one event for each coin with its range into the outbox", async () => {
    const histories = [
      history(0, [price(0, 50), price(1, 51), price(2, 52)]),
      history(1, [price(1, 10), price(2, 11)]),
    ];
    expect(await load(histories, "load-1")).toBe(2);
    expect(await eventIds()).toEqual([
      `prices:1:${at(0).toISOString()}:${at(2).toISOString()}:backfill:load-1`,
      `prices:1027:${at(1).toISOString()}:${at(2).toISOString()}:backfill:load-1`,
    ]);
  });

  it("tells again of a history that is loaded again", async () => {
    const histories = [history(0, [price(0, 50), price(1, 51)])];
    await load(histories, "load-1");
    await load(histories, "load-1");
    await load(histories, "load-2");
    expect((await eventIds()).map(id => id.split(":").at(-1))).toEqual(["load-1", "load-2"]);
  });

  it("tells of no coin without prices", async () => {
    expect(await load([history(0, []), history(1, [price(0, 1)])], "load-1")).toBe(1);
    expect(await load([history(0, [])], "load-2")).toBe(0);
  });

  it("works out what the market did in each hour, as past and not as a listing", async () => {
    await load(
      [
        history(0, [price(0, 50, 1e6), price(1, 100, 2e6)]),
        history(1, [price(0, 10, null), price(1, 10, 1e6)]),
      ],
      "load-1",
    );
    const past = await test.query(
      `SELECT observed_at, origin, coins, median_log_return, median_log_volume_change, breadth
       FROM market_snapshots WHERE observed_at < '2026-01-02' ORDER BY observed_at`,
    );
    const nothing = { median_log_return: null, median_log_volume_change: null, breadth: null };
    expect(past).toEqual([
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

  it("refuses the past of another kind of market", async () => {
    const histories = [history(0, [price(0, 50)])];
    await expect(announceHistories(test.database, "replay", histories, "load-1")).rejects.toThrow(
      "The database holds the demo market, the past prices are of the replay market: they are never mixed",
    );
    expect(await eventIds()).toEqual([]);
  });

  it("leaves nothing when it fails in the middle", async () => {
    const histories = [history(0, [price(0, 50), price(1, 51)])];
    await storeHistory(test.database, histories[0] ?? history(0, []));
    await test.query("ALTER TABLE outbox ADD CHECK (event_id NOT LIKE '%backfill%')");
    await expect(announceHistories(test.database, "demo", histories, "load-1")).rejects.toThrow();
    expect(await test.query("SELECT origin FROM market_snapshots")).toEqual([{ origin: "listing" }]);
  });
});
