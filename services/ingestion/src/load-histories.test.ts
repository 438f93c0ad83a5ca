import { type CoinRow, listRankedCoins } from "@vibe-charting/database";
import { createTestDatabase, type TestDatabase } from "@vibe-charting/database/testing";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { json, type ProviderServer, startProvider, text } from "../test/provider-server.ts";
import { callPace } from "./call-pace.ts";
import { ingestListing } from "./ingest-listing.ts";
import { loadHistories } from "./load-histories.ts";
import { matchHistories } from "./match-histories.ts";
import { providerClient } from "./provider-client.ts";

const hourMs = 3_600_000;
const asOf = new Date("2026-03-01T12:00:00Z");
const at = (hours: number) => new Date(asOf.getTime() + hours * hourMs);

const listed = [
  { cmcId: 1, symbol: "BTC", name: "Bitcoin", slug: "bitcoin", priceUsd: 100 },
  { cmcId: 1027, symbol: "ETH", name: "Ethereum", slug: "ethereum", priceUsd: 10 },
  { cmcId: 666, symbol: "CPY", name: "Copycat", slug: "copycat", priceUsd: 1 },
];
const list = [
  { id: "bitcoin", symbol: "btc", name: "Bitcoin" },
  { id: "ethereum", symbol: "eth", name: "Ethereum" },
  { id: "copycat", symbol: "cpy", name: "Copycat" },
  { id: 7 },
];
const markets = [
  { id: "bitcoin", current_price: 101 },
  { id: "ethereum", current_price: 10 },
  { id: "copycat", current_price: 3 },
];
const chart = (price: number) =>
  json({
    prices: [-2, -1].map(hours => [at(hours).getTime(), price]),
    market_caps: [],
    total_volumes: [],
  });

let test: TestDatabase;
let provider: ProviderServer;
let coins: readonly CoinRow[];
beforeEach(async () => {
  test = await createTestDatabase();
  provider = await startProvider(json(list), json(markets));
  const quotes = listed.map((coin, index) => ({
    ...coin,
    rank: index + 1,
    tags: [],
    volume24hUsd: null,
    marketCapUsd: null,
    changes: [],
    observedAt: asOf,
  }));
  await ingestListing(test.database, "demo", { coins: quotes, rejected: [], creditCount: 1 });
  coins = await listRankedCoins(test.database);
});
afterEach(async () => {
  provider.stop();
  await test.drop();
});

const ask = () =>
  providerClient({
    provider: "CoinGecko",
    baseUrl: provider.url,
    pace: callPace(null),
    readRefusal: status => ({
      code: null,
      words: null,
      reaction: { kind: "fail" },
      advice: `HTTP ${status}`,
    }),
  });
const time = { deadlineMs: () => 60_000, wait: async () => undefined };
const match = async (now = asOf) => {
  await matchHistories(test.database, coins, listed, { ask: ask(), time, now });
};
/** Loads, with time for so many coins. */
const load = async (most = 10, { days = 1, now = asOf } = {}) => {
  let left = most;
  return await loadHistories(
    test.database,
    coins.map(({ id }) => id),
    { ask: ask(), time, hasTime: () => left-- > 0, days, asOf, now },
  );
};
const chartsAsked = () => provider.asked.filter(path => path.includes("market_chart"));
const histories = () =>
  test.query(
    `SELECT symbol, coingecko_id, refusal, asked_from, asked_to FROM coin_histories
     JOIN cryptocurrencies ON cryptocurrencies.id = crypto_id ORDER BY rank`,
  );
const refusal = "no price within 5 % of ours, which is $1: CoinGecko's copycat is at $3";
const unasked = { asked_from: null, asked_to: null };

describe("matchHistories", () => {
  it("records each coin's source or refusal, with two requests for all", async () => {
    await match();
    expect(await histories()).toEqual([
      { symbol: "BTC", coingecko_id: "bitcoin", refusal: null, ...unasked },
      { symbol: "ETH", coingecko_id: "ethereum", refusal: null, ...unasked },
      { symbol: "CPY", coingecko_id: null, refusal, ...unasked },
    ]);
    expect(provider.asked).toEqual([
      "/api/v3/coins/list",
      "/api/v3/coins/markets?vs_currency=usd&ids=bitcoin,ethereum,copycat&per_page=250&page=1",
    ]);
  });

  it("asks for nothing that is settled, and looks at a refusal again after a day", async () => {
    await match();
    await match(at(23));
    expect(provider.asked).toHaveLength(2);
    provider.answers(json(list), json([{ id: "copycat", current_price: 1.01 }]));
    await match(at(24));
    expect(await histories()).toMatchObject([{}, {}, { coingecko_id: "copycat", refusal: null }]);
  });

  it("leaves everything as it was when CoinGecko fails in the middle", async () => {
    provider.answers(json(list), text("", 403));
    await expect(match()).rejects.toThrow("CoinGecko answered 403");
    expect(await histories()).toEqual([]);
  });
});

describe("loadHistories", () => {
  beforeEach(() => match());
  const base = { refused: [{ symbol: "CPY", reason: refusal }], failed: [] };

  it("goes on where it was interrupted, and asks for nothing twice", async () => {
    provider.answers(chart(90), chart(9));
    expect(await load(1)).toEqual({ ...base, done: 1, remaining: 1, prices: 2, isWhole: false });
    expect(await load(1)).toEqual({ ...base, done: 2, remaining: 0, prices: 2, isWhole: true });
    expect(await load()).toEqual({ ...base, done: 2, remaining: 0, prices: 0, isWhole: true });
    expect(chartsAsked().map(path => path.split("/")[4])).toEqual(["bitcoin", "ethereum"]);
    const asked = { asked_from: at(-24), asked_to: asOf };
    expect(await histories()).toMatchObject([asked, asked, unasked]);
  });

  it("begins no coin without time", async () => {
    expect(await load(0)).toEqual({ ...base, done: 0, remaining: 2, prices: 0, isWhole: false });
    expect(chartsAsked()).toEqual([]);
  });

  it("keeps a coin that failed for the next run, after the others, and stores nothing of it", async () => {
    provider.answers(text("", 403), chart(9));
    const reason = "CoinGecko answered 403: no reason given - HTTP 403";
    const failed = [{ symbol: "BTC", reason }];
    expect(await load(10, { now: at(1) })).toEqual({
      ...base,
      failed,
      done: 1,
      remaining: 1,
      prices: 2,
      isWhole: true,
    });
    expect(await histories()).toMatchObject([unasked, { asked_to: asOf }, unasked]);
    provider.answers(chart(90));
    expect(await load()).toMatchObject({ done: 2, remaining: 0, failed: [] });
  });

  it("refuses a coin without a price in the days", async () => {
    provider.answers(json({ prices: [], market_caps: [], total_volumes: [] }), chart(9));
    expect((await load()).refused).toEqual([
      { symbol: "BTC", reason: "CoinGecko has no price of bitcoin in these 1 days" },
      { symbol: "CPY", reason: refusal },
    ]);
  });

  it("loads a longer stretch, and hours after days, but no shorter one", async () => {
    provider.answers(chart(90));
    const asked = async (days: number) => {
      const before = chartsAsked().length;
      await load(10, { days });
      return chartsAsked().length - before;
    };
    expect([await asked(7), await asked(2), await asked(365), await asked(200), await asked(90)]).toEqual([
      2, 0, 2, 0, 2,
    ]);
  });

  it("throws a fault of the database, with nothing half written", async () => {
    provider.answers(chart(90));
    await test.query("ALTER TABLE coin_histories ADD CHECK (asked_to IS NULL)");
    await expect(load()).rejects.toThrow();
    expect(await test.query("SELECT count(*)::int AS count FROM price_data")).toEqual([{ count: 3 }]);
  });
});
