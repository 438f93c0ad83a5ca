import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "../testing/index.ts";
import { upsertCoins } from "./cryptocurrencies.ts";
import { recordListing } from "./market-snapshots.ts";
import {
  ensurePricePartitions,
  insertPrices,
  type PriceRow,
  readNewestPrice,
  readPriceSeries,
  readPriceSeriesOfCoins,
} from "./prices.ts";

const hourMs = 3_600_000;
const noon = Date.UTC(2026, 2, 1, 12);
const at = (hours: number) => new Date(noon + hours * hourMs);

let test: TestDatabase;
let bitcoin: number;
let ether: number;
beforeEach(async () => {
  test = await createTestDatabase();
  const ids = await upsertCoins(test.database, [
    { cmcId: 1, symbol: "BTC", name: "Bitcoin", slug: "bitcoin", kind: "native", rank: 1 },
    { cmcId: 1027, symbol: "ETH", name: "Ethereum", slug: "ethereum", kind: "native", rank: 2 },
  ]);
  bitcoin = ids.get(1) ?? 0;
  ether = ids.get(1027) ?? 0;
  await ensurePricePartitions(test.database, at(-24), at(24));
});
afterEach(() => test.drop());

function price(hours: number, overrides: Partial<PriceRow> = {}): PriceRow {
  return {
    cryptoId: bitcoin,
    observedAt: at(hours),
    priceUsd: 100 + hours,
    volume24hUsd: null,
    marketCapUsd: null,
    rank: null,
    ...overrides,
  };
}

describe("insertPrices", () => {
  it("names the coins with a new price", async () => {
    expect(await insertPrices(test.database, [price(0), price(0, { cryptoId: ether })], at(0))).toEqual([
      bitcoin,
      ether,
    ]);
    expect(await insertPrices(test.database, [price(0), price(1, { cryptoId: ether })], at(1))).toEqual([
      ether,
    ]);
  });

  it("gives back as many ids as there are new prices", async () => {
    expect(await insertPrices(test.database, [price(0), price(1), price(2)], null)).toEqual([
      bitcoin,
      bitcoin,
      bitcoin,
    ]);
  });

  it("keeps a listing's price when past prices have another", async () => {
    await insertPrices(test.database, [price(0, { rank: 1 })], at(0));
    expect(await insertPrices(test.database, [price(0, { priceUsd: 1 })], null)).toEqual([]);
    expect(await test.query("SELECT price, rank, snapshot_at FROM price_data")).toEqual([
      { price: 100, rank: 1, snapshot_at: at(0) },
    ]);
  });

  it("takes nothing of nothing", async () => {
    expect(await insertPrices(test.database, [], null)).toEqual([]);
  });

  it.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY])("refuses a price of %d", async priceUsd => {
    await expect(insertPrices(test.database, [price(0, { priceUsd })], null)).rejects.toThrow();
  });
});

describe("readPriceSeries", () => {
  it("finds in the primary key's index all that it reads", async () => {
    await test.query(`
      INSERT INTO price_data (crypto_id, timestamp, price)
      SELECT coin, hour, 1 FROM generate_series(1, 300) coin,
        generate_series('2026-03-01Z'::timestamptz, '2026-03-02Z', '1 hour') hour
    `);
    await test.query("VACUUM (ANALYZE) price_data");
    const plan = await test.query(`
      EXPLAIN SELECT timestamp, price, volume_24h, market_cap, snapshot_at
      FROM price_data WHERE crypto_id = 7 AND timestamp > '2026-03-01Z'
    `);
    expect(JSON.stringify(plan)).toContain("Index Only Scan using price_data_2026_03_pkey");
  });

  it("gives a coin's prices after one time up to another, ascending", async () => {
    const values = { volume24hUsd: 5e6, marketCapUsd: 1e9 };
    await insertPrices(test.database, [price(2), price(0), price(1, values), price(3)], null);
    await insertPrices(test.database, [price(1, { cryptoId: ether })], null);
    expect(await readPriceSeries(test.database, bitcoin, at(0), at(2))).toEqual({
      at: [at(1).getTime(), at(2).getTime()],
      priceUsd: [101, 102],
      volume24hUsd: [5e6, null],
      marketCapUsd: [1e9, null],
      isOtherVolume: [false, false],
    });
  });

  it.each([
    ["coinmarketcap", [true, false]],
    ["demo", [false, false]],
  ] as const)(
    "tells whether another provider counted a volume, in the %s market",
    async (source, expected) => {
      await insertPrices(test.database, [price(0)], null);
      await insertPrices(test.database, [price(1, { rank: 1 })], at(1));
      await recordListing(test.database, at(1), source, 1);
      expect((await readPriceSeries(test.database, bitcoin, at(-1), at(9))).isOtherVolume).toEqual(expected);
    },
  );

  it("gives every price to the last digit", async () => {
    const prices = [1e-18, 0.1 + 0.2, 69_420.1234567891, 123_456_789_012.345_67];
    await insertPrices(
      test.database,
      prices.map((priceUsd, hours) => price(hours, { priceUsd })),
      null,
    );
    expect((await readPriceSeries(test.database, bitcoin, at(-1), at(9))).priceUsd).toEqual(prices);
  });

  it("is empty where there are none", async () => {
    expect(await readPriceSeries(test.database, bitcoin, at(0), at(2))).toEqual({
      at: [],
      priceUsd: [],
      volume24hUsd: [],
      marketCapUsd: [],
      isOtherVolume: [],
    });
  });
});

it("finds a coin's newest price", async () => {
  expect(await readNewestPrice(test.database, bitcoin)).toBe(null);
  await insertPrices(test.database, [price(1), price(0)], null);
  expect(await readNewestPrice(test.database, bitcoin)).toEqual({ observedAt: at(1), priceUsd: 101 });
});

describe("readPriceSeriesOfCoins", () => {
  it("gives of each coin what a read of that coin alone gives, and nothing of a coin without prices", async () => {
    // The later one is stored first: the series is in order all the same.
    await insertPrices(test.database, [price(2, { volume24hUsd: 5, marketCapUsd: 7 }), price(0)], null);
    await insertPrices(test.database, [price(1), price(3, { cryptoId: ether }), price(-3)], at(1));
    const series = await readPriceSeriesOfCoins(test.database, [bitcoin, ether, 99], at(-3), at(2));
    expect(series).toEqual(
      new Map([[bitcoin, await readPriceSeries(test.database, bitcoin, at(-3), at(2))]]),
    );
    expect(series.get(bitcoin)?.at).toEqual([at(0), at(1), at(2)].map(Number));
  });
});
