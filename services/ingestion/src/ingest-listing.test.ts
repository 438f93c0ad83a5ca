import { findNewestListing, listRankedCoins, upsertCoinHistorySources } from "@vibe-charting/database";
import { createTestDatabase, type TestDatabase } from "@vibe-charting/database/testing";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { announceHistories, storeHistory } from "./backfill-history.ts";
import type { ParsedListing, QuotedCoin } from "./coinmarketcap/parse-listing.ts";
import { ingestListing } from "./ingest-listing.ts";

let test: TestDatabase;
beforeEach(async () => {
  test = await createTestDatabase();
});
afterEach(() => test.drop());

const hourMs = 3_600_000;
const noon = new Date("2026-03-01T12:00:00Z");
const later = (hours: number, since = noon) => new Date(since.getTime() + hours * hourMs);

const names = {
  BTC: { cmcId: 1, name: "Bitcoin", slug: "bitcoin" },
  ETH: { cmcId: 1027, name: "Ethereum", slug: "ethereum" },
  SOL: { cmcId: 5426, name: "Solana", slug: "solana" },
} as const;

function coin(symbol: keyof typeof names, overrides: Partial<QuotedCoin> = {}): QuotedCoin {
  return {
    ...names[symbol],
    symbol,
    rank: 1,
    tags: [],
    priceUsd: 100,
    volume24hUsd: 1e6,
    marketCapUsd: 1e9,
    changes: [],
    observedAt: noon,
    ...overrides,
  };
}

function listing(...coins: readonly QuotedCoin[]): ParsedListing {
  return { coins, rejected: [], creditCount: 1 };
}

/** The symbols by rank, at the time. */
function ranked(symbols: readonly (keyof typeof names)[], observedAt: Date, priceUsd = 100): ParsedListing {
  return listing(
    ...symbols.map((symbol, index) =>
      coin(symbol, { rank: index + 1, observedAt, priceUsd: priceUsd + index }),
    ),
  );
}

const prices = () =>
  test.query(
    `SELECT symbol, timestamp, price, volume_24h, market_cap, price_data.rank, snapshot_at
     FROM price_data JOIN cryptocurrencies ON cryptocurrencies.id = crypto_id ORDER BY timestamp, cmc_id`,
  );
const ranks = async () =>
  Object.fromEntries(
    (await test.query("SELECT symbol, rank FROM cryptocurrencies ORDER BY cmc_id")).map(
      ({ symbol, rank }) => [symbol, rank],
    ),
  );
const events = async () =>
  (await test.query("SELECT event_id FROM outbox WHERE topic = 'prices.ingested' ORDER BY id")).map(
    ({ event_id }) => String(event_id),
  );
const snapshots = () =>
  test.query(
    "SELECT observed_at, source, origin, coins, median_log_return, median_log_volume_change, breadth FROM market_snapshots ORDER BY observed_at",
  );
const anchors = () =>
  test.query(
    `SELECT symbol, timestamp, price, quoted_at FROM anchor_prices
     JOIN cryptocurrencies ON cryptocurrencies.id = crypto_id ORDER BY cmc_id, timestamp`,
  );
/** Every row that ingestion writes, without the times of writing. */
const everything = async () => ({
  anchors: await anchors(),
  coins: await test.query(
    "SELECT id, cmc_id, symbol, name, slug, kind, rank FROM cryptocurrencies ORDER BY cmc_id",
  ),
  prices: await prices(),
  snapshots: await snapshots(),
  events: await events(),
  partitions: await test.query(
    "SELECT inhrelid::regclass::text AS name FROM pg_inherits WHERE inhparent = 'price_data'::regclass ORDER BY name",
  ),
});

describe("ingestListing", () => {
  it("counts prices quoted within minutes as one observation, and leaves a stale one where it was", async () => {
    const minute = 1 / 60;
    await ingestListing(
      test.database,
      "demo",
      listing(
        coin("BTC"),
        coin("ETH", { rank: 2, observedAt: later(-minute) }),
        coin("SOL", { rank: 3, observedAt: later(-3) }),
      ),
    );
    expect((await prices()).map(({ symbol, timestamp }) => [symbol, timestamp])).toEqual([
      ["SOL", later(-3)],
      ["BTC", noon],
      ["ETH", noon],
    ]);
  });

  it("stores coins, prices, the listing, and one event for each coin", async () => {
    const bitcoin = coin("BTC", { priceUsd: 60_000.25, volume24hUsd: null, marketCapUsd: null });
    const ether = coin("ETH", { rank: 2, tags: ["stablecoin"], priceUsd: 1e-9 });
    expect(await ingestListing(test.database, "demo", listing(bitcoin, ether))).toEqual({
      observedAt: noon,
      coins: 2,
      newPrices: 2,
      events: [expect.objectContaining({ topic: "prices.ingested" }), expect.anything()],
    });
    expect(await listRankedCoins(test.database)).toMatchObject([
      { cmc_id: 1, symbol: "BTC", name: "Bitcoin", slug: "bitcoin", kind: "native", rank: 1 },
      { cmc_id: 1027, symbol: "ETH", name: "Ethereum", slug: "ethereum", kind: "stable", rank: 2 },
    ]);
    const common = { timestamp: noon, snapshot_at: noon };
    expect(await prices()).toEqual([
      { ...common, symbol: "BTC", rank: 1, price: 60_000.25, volume_24h: null, market_cap: null },
      { ...common, symbol: "ETH", rank: 2, price: 1e-9, volume_24h: 1e6, market_cap: 1e9 },
    ]);
    expect(await findNewestListing(test.database)).toEqual({ observedAt: noon, source: "demo" });
    const at = noon.toISOString();
    expect(await events()).toEqual([`prices:${at}:${at}:1:listing:1`, `prices:${at}:${at}:1027:listing:1`]);
  });

  it("tells what the market did since each coin's previous price", async () => {
    await ingestListing(test.database, "demo", ranked(["BTC", "ETH", "SOL"], noon));
    const moved = listing(
      coin("BTC", { observedAt: later(1), priceUsd: 110, volume24hUsd: 2e6 }),
      coin("ETH", { observedAt: later(1), rank: 2, priceUsd: 101 * 1.5, volume24hUsd: 4e6 }),
      coin("SOL", { observedAt: later(1), rank: 3, priceUsd: 51, volume24hUsd: null }),
    );
    await ingestListing(test.database, "demo", moved);
    expect((await snapshots()).at(-1)).toEqual({
      observed_at: later(1),
      source: "demo",
      origin: "listing",
      coins: 3,
      median_log_return: expect.closeTo(Math.log(1.1), 12),
      median_log_volume_change: expect.closeTo(Math.log(Math.sqrt(8)), 12),
      breadth: expect.closeTo(2 / 3, 12),
    });
  });

  it("tells it of a coin that the listing before had not, and of one with an older price, from their own last ones", async () => {
    await ingestListing(test.database, "demo", ranked(["BTC", "ETH", "SOL"], noon));
    await ingestListing(test.database, "demo", ranked(["BTC"], later(1), 100));
    const mixed = listing(
      coin("BTC", { observedAt: later(2), priceUsd: 100 }),
      coin("ETH", { observedAt: later(2), rank: 2, priceUsd: 202 }),
      coin("SOL", { observedAt: later(0.5), rank: 3, priceUsd: 408 }),
    );
    await ingestListing(test.database, "demo", mixed);
    // 100 of 100, 202 of 101, 408 of 102.
    expect((await snapshots()).at(-1)).toMatchObject({
      median_log_return: expect.closeTo(Math.log(2), 12),
      breadth: expect.closeTo(2 / 3, 12),
    });
  });

  it("takes in prices and volumes that are further apart than a ratio can be", async () => {
    const small = { priceUsd: Number.MIN_VALUE, volume24hUsd: Number.MIN_VALUE };
    await ingestListing(test.database, "demo", listing(coin("BTC", small)));
    const large = { observedAt: later(1), priceUsd: 1e11, volume24hUsd: 1e17 };
    await ingestListing(test.database, "demo", listing(coin("BTC", large)));
    expect(await prices()).toHaveLength(2);
  });

  it("takes the rank from coins that left", async () => {
    await ingestListing(test.database, "demo", ranked(["BTC", "ETH"], noon));
    await ingestListing(test.database, "demo", ranked(["SOL", "BTC"], later(1)));
    expect(await ranks()).toEqual({ BTC: 2, ETH: null, SOL: 1 });
  });

  it("tells two coins with one symbol apart, by their ids alone", async () => {
    const other = coin("SOL", { symbol: "BTC", rank: 2, priceUsd: 3 });
    const report = await ingestListing(test.database, "demo", listing(coin("BTC"), other));
    expect(report.newPrices).toBe(2);
    expect(await prices()).toMatchObject([
      { symbol: "BTC", price: 100, rank: 1 },
      { symbol: "BTC", price: 3, rank: 2 },
    ]);
    expect((await events()).map(id => id.split(":").at(-3))).toEqual(["1", "5426"]);
  });

  it("follows coins that change places and symbols, and keeps each one's prices", async () => {
    await ingestListing(test.database, "demo", ranked(["BTC", "ETH"], noon));
    const swapped = listing(
      coin("ETH", { symbol: "BTC", rank: 1, priceUsd: 8, observedAt: later(1) }),
      coin("BTC", { symbol: "ETH", rank: 2, priceUsd: 9, observedAt: later(1) }),
    );
    await ingestListing(test.database, "demo", swapped);
    expect(
      await test.query(
        `SELECT cmc_id, symbol, coin.rank, array_agg(price ORDER BY timestamp) AS prices
         FROM cryptocurrencies coin JOIN price_data ON crypto_id = coin.id GROUP BY coin.id ORDER BY cmc_id`,
      ),
    ).toEqual([
      { cmc_id: "1", symbol: "ETH", rank: 2, prices: [100, 9] },
      { cmc_id: "1027", symbol: "BTC", rank: 1, prices: [101, 8] },
    ]);
  });

  it("follows a coin's new symbol and name", async () => {
    await ingestListing(test.database, "demo", listing(coin("BTC")));
    await ingestListing(test.database, "demo", listing(coin("BTC", { symbol: "XBT", observedAt: later(1) })));
    expect(await ranks()).toEqual({ XBT: 1 });
  });

  it("changes nothing for the same listing again", async () => {
    await ingestListing(test.database, "demo", ranked(["BTC", "ETH"], noon));
    const before = await everything();
    expect(await ingestListing(test.database, "demo", ranked(["BTC", "ETH"], noon))).toEqual({
      observedAt: noon,
      coins: 2,
      newPrices: 0,
      events: [],
    });
    expect(await everything()).toEqual(before);
  });

  it("takes a listing in once that comes twice at the same time, in whatever order", async () => {
    await ingestListing(test.database, "demo", ranked(["BTC", "ETH"], noon));
    const next = ranked(["BTC", "ETH", "SOL"], later(1), 120);
    const turned = { ...next, coins: next.coins.toReversed() };
    const reports = await Promise.all(
      [next, turned, next].map(received => ingestListing(test.database, "demo", received)),
    );
    expect(reports.map(({ newPrices }) => newPrices).toSorted()).toEqual([0, 0, 3]);
    expect(await events()).toHaveLength(5);
    expect((await snapshots()).at(-1)).toMatchObject({
      coins: 3,
      median_log_return: expect.closeTo((Math.log(120 / 100) + Math.log(121 / 101)) / 2, 12),
    });
  });

  it("keeps the first price of a time, whatever a later answer says", async () => {
    await ingestListing(test.database, "demo", ranked(["BTC"], noon, 100));
    await ingestListing(test.database, "demo", ranked(["BTC"], noon, 999));
    expect(await prices()).toMatchObject([{ price: 100 }]);
  });

  it("tells only of the coins with a new price", async () => {
    await ingestListing(test.database, "demo", ranked(["BTC", "ETH"], noon));
    await ingestListing(
      test.database,
      "demo",
      listing(coin("BTC", { observedAt: noon }), coin("ETH", { rank: 2, observedAt: later(1) })),
    );
    const [at, next] = [noon, later(1)].map(time => time.toISOString());
    expect(await events()).toEqual([
      `prices:${at}:${at}:1:listing:1`,
      `prices:${at}:${at}:1027:listing:1`,
      `prices:${next}:${next}:1027:listing:1`,
    ]);
  });

  it("adds an older listing's prices and coins, and leaves ranks and names as the newest has them", async () => {
    await ingestListing(test.database, "demo", ranked(["ETH", "BTC"], later(1)));
    const older = listing(
      coin("BTC", { rank: 1, name: "Old Bitcoin" }),
      coin("ETH", { rank: 2 }),
      coin("SOL", { rank: 3 }),
    );
    expect(await ingestListing(test.database, "demo", older)).toMatchObject({ newPrices: 3 });
    expect(await ranks()).toEqual({ BTC: 2, ETH: 1, SOL: null });
    expect(await listRankedCoins(test.database)).toMatchObject([{ name: "Ethereum" }, { name: "Bitcoin" }]);
    expect(await findNewestListing(test.database)).toEqual({ observedAt: later(1), source: "demo" });
  });

  it("makes a past price the listing's own when both have it, and tells of it", async () => {
    await ingestListing(test.database, "demo", listing(coin("BTC", { observedAt: later(-2) })));
    const [bitcoin] = await listRankedCoins(test.database);
    if (!bitcoin) throw new Error("no coin");
    const past = { observedAt: noon, priceUsd: 99, volume24hUsd: null, marketCapUsd: null };
    const source = { cryptoId: bitcoin.id, coinGeckoId: "bitcoin", refusal: null };
    await upsertCoinHistorySources(test.database, [source], noon);
    const pastPrices = [{ ...past, observedAt: later(-1) }, past];
    await storeHistory(test.database, {
      coin: { crypto_id: bitcoin.id },
      prices: pastPrices,
      asked: { from: later(-24), to: noon },
      checkedAt: noon,
    });
    await announceHistories(test.database, "demo", noon);
    await ingestListing(test.database, "demo", ranked(["BTC"], noon));
    expect((await prices()).at(-1)).toMatchObject({ timestamp: noon, price: 99, rank: 1, snapshot_at: noon });
    expect(await findNewestListing(test.database)).toEqual({ observedAt: noon, source: "demo" });
    expect((await snapshots()).at(-1)).toMatchObject({ observed_at: noon, origin: "listing", coins: 1 });
    const at = noon.toISOString();
    expect((await events()).at(-1)).toBe(`prices:${at}:${at}:1:listing:1`);
  });

  it("refuses another kind of market, and leaves nothing behind", async () => {
    await ingestListing(test.database, "demo", ranked(["BTC"], noon));
    const before = await everything();
    const foreign = ranked(["ETH", "SOL"], new Date("2021-05-20T00:00:00Z"));
    await expect(ingestListing(test.database, "replay", foreign)).rejects.toThrow(
      "The database holds the demo market, the listing is of the replay market: they are never mixed",
    );
    expect(await everything()).toEqual(before);
  });

  it("refuses a listing without a usable coin, and says why", async () => {
    await expect(ingestListing(test.database, "demo", listing())).rejects.toThrow(
      "The listing has no usable coin; the first problem: it is empty",
    );
    const rejected = [{ position: 1, symbol: "BTC", reason: "quote.price: not a number" }];
    await expect(ingestListing(test.database, "demo", { ...listing(), rejected })).rejects.toThrow(
      "The listing has no usable coin; the first problem: quote.price: not a number",
    );
  });

  it.each(["cryptocurrencies", "price_data", "anchor_prices", "market_snapshots", "outbox"])(
    "leaves nothing when writing %s fails, and takes the listing in afterwards",
    async table => {
      await ingestListing(test.database, "demo", ranked(["BTC", "ETH"], noon));
      const before = await everything();
      await test.query(
        `CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'disk full'; END $$`,
      );
      await test.query(
        `CREATE TRIGGER failing BEFORE INSERT ON ${table} FOR EACH ROW EXECUTE FUNCTION fail()`,
      );
      const changes = [{ hours: 24, pct: 1 }];
      const next = listing(
        coin("SOL", { changes, observedAt: later(1) }),
        coin("BTC", { rank: 2, observedAt: later(1) }),
      );
      await expect(ingestListing(test.database, "demo", next)).rejects.toThrow("disk full");
      expect(await everything()).toEqual(before);
      await test.query(`DROP TRIGGER failing ON ${table}`);
      await ingestListing(test.database, "demo", next);
      expect(await ranks()).toEqual({ BTC: 2, ETH: null, SOL: 1 });
      expect(await prices()).toHaveLength(4);
    },
  );

  it("takes one of two equal listings at once", async () => {
    const reports = await Promise.all([
      ingestListing(test.database, "demo", ranked(["BTC", "ETH"], noon)),
      ingestListing(test.database, "demo", ranked(["BTC", "ETH"], noon)),
    ]);
    expect(reports.map(({ newPrices }) => newPrices).sort()).toEqual([0, 2]);
    expect(await prices()).toHaveLength(2);
    expect(await events()).toHaveLength(2);
  });
});

describe("the changes that a listing names", () => {
  const changes = [
    { hours: 24, pct: 25 },
    { hours: 7 * 24, pct: -50 },
  ];

  it("are kept as prices of times that none was observed near, apart from those that were", async () => {
    await ingestListing(test.database, "demo", listing(coin("BTC", { changes }), coin("ETH", { rank: 2 })));
    expect(await anchors()).toEqual([
      { symbol: "BTC", timestamp: later(-7 * 24), price: 200, quoted_at: noon },
      { symbol: "BTC", timestamp: later(-24), price: 80, quoted_at: noon },
    ]);
    expect((await prices()).map(({ symbol, timestamp }) => [symbol, timestamp])).toEqual([
      ["BTC", noon],
      ["ETH", noon],
    ]);
  });

  it("are needless where a price was observed", async () => {
    await ingestListing(test.database, "demo", listing(coin("BTC")));
    await ingestListing(test.database, "demo", listing(coin("BTC", { changes, observedAt: later(25) })));
    expect(await anchors()).toEqual([
      { symbol: "BTC", timestamp: later(25 - 7 * 24), price: 200, quoted_at: later(25) },
    ]);
  });

  it("are left alone by the same listing with other changes", async () => {
    await ingestListing(test.database, "demo", listing(coin("BTC", { changes })));
    const before = await everything();
    const other = changes.map(change => ({ ...change, pct: 1 }));
    await ingestListing(test.database, "demo", listing(coin("BTC", { changes: other })));
    expect(await everything()).toEqual(before);
  });

  it("are nothing to the record of what the market did", async () => {
    await ingestListing(
      test.database,
      "demo",
      listing(coin("BTC", { changes }), coin("ETH", { rank: 2, changes })),
    );
    expect(await snapshots()).toMatchObject([{ median_log_return: null, breadth: null }]);
  });
});

describe("a market-wide move", () => {
  const alertsOf = async () =>
    (
      await test.query("SELECT body->'data' AS data FROM outbox WHERE topic = 'signals.detected' ORDER BY id")
    ).map(({ data }) => data);
  /** A calm month of daily listings, then a day on which every coin falls, and one that is calm again. */
  const days = [...Array.from({ length: 30 }, (_, day) => 100 + (day % 2)), 85, 85.5];
  const ingestDay = async (day: number) =>
    await ingestListing(test.database, "demo", ranked(["BTC", "ETH", "SOL"], later(24 * day), days[day]));

  it("is one alert when most coins fall together, and one when that is over", async () => {
    for (const day of days.keys()) await ingestDay(day);
    expect(await alertsOf()).toMatchObject([
      { signalType: "market_move", symbol: "MARKET", state: "confirmed", direction: "down", breadth: 0 },
      { signalType: "market_move", state: "resolved", previousState: "confirmed" },
    ]);
  });

  it("is not alerted again by the same listing", async () => {
    for (const day of days.keys()) await ingestDay(day);
    const before = await alertsOf();
    await ingestDay(30);
    expect(await alertsOf()).toEqual(before);
  });
});
