import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "../testing/index.ts";
import { upsertCoins } from "./cryptocurrencies.ts";
import { readDetectorState, writeDetectorState } from "./detector-states.ts";
import { ensurePricePartitions, insertPrices } from "./prices.ts";
import {
  countUnanalyzedCoins,
  listUnanalyzedCoins,
  readTrends,
  type TrendRow,
  upsertTrends,
} from "./trends.ts";

const noon = new Date("2026-03-01T12:00:00Z");
const later = (hours: number) => new Date(noon.getTime() + hours * 3_600_000);

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
});
afterEach(() => test.drop());

function trends(changePct: number): readonly TrendRow[] {
  return [
    {
      timeframe: "24h",
      type: "uptrend",
      confidence: 0.8,
      changePct,
      volatility: 0.5,
      enoughData: true,
      notes: ["one, {two}", 'a "third"'],
    },
    {
      timeframe: "7d",
      type: null,
      confidence: 0,
      changePct: null,
      volatility: null,
      enoughData: false,
      notes: [],
    },
  ];
}

describe("upsertTrends", () => {
  it("stores what it is given", async () => {
    await upsertTrends(test.database, bitcoin, trends(1), noon, "1.0.0");
    expect(await readTrends(test.database, bitcoin)).toEqual(trends(1).map(row => ({ ...row, asOf: noon })));
  });

  it("replaces older trends, and those of the same time", async () => {
    await upsertTrends(test.database, bitcoin, trends(1), noon, "1.0.0");
    await upsertTrends(test.database, bitcoin, trends(2), later(1), "1.0.0");
    await upsertTrends(test.database, bitcoin, trends(3), later(1), "1.0.0");
    expect(await readTrends(test.database, bitcoin)).toEqual(
      trends(3).map(row => ({ ...row, asOf: later(1) })),
    );
  });

  it("leaves newer trends as they are", async () => {
    await upsertTrends(test.database, bitcoin, trends(2), later(1), "1.0.0");
    await upsertTrends(test.database, bitcoin, trends(1), noon, "1.0.0");
    expect(await readTrends(test.database, bitcoin)).toEqual(
      trends(2).map(row => ({ ...row, asOf: later(1) })),
    );
  });

  it("keeps coins apart", async () => {
    await upsertTrends(test.database, bitcoin, trends(1), noon, "1.0.0");
    expect(await readTrends(test.database, ether)).toEqual([]);
  });
});

describe("writeDetectorState", () => {
  const write = (asOf: Date, step: number) =>
    writeDetectorState(test.database, bitcoin, asOf, JSON.stringify({ step }));
  const read = () => readDetectorState(test.database, bitcoin);

  it("has none before the first sample", async () => {
    expect(await read()).toBe(null);
  });

  it("goes forward, and never back", async () => {
    await write(noon, 1);
    await write(later(1), 2);
    await write(noon, 3);
    expect(await read()).toEqual({ step: 2 });
    await write(later(1), 4);
    expect(await read()).toEqual({ step: 4 });
  });
});

describe("listUnanalyzedCoins", () => {
  const addPrice = (cryptoId: number, observedAt: Date) =>
    insertPrices(
      test.database,
      [{ cryptoId, observedAt, priceUsd: 100, volume24hUsd: null, marketCapUsd: null, rank: 1 }],
      observedAt,
    );
  const behind = async () => (await listUnanalyzedCoins(test.database)).map(({ symbol }) => symbol);

  beforeEach(async () => {
    await ensurePricePartitions(test.database, noon, later(24));
    for (const coin of [bitcoin, ether]) await addPrice(coin, noon);
  });

  it("names listed coins whose newest price no trend has seen, best rank first", async () => {
    expect(await listUnanalyzedCoins(test.database)).toEqual([
      { cmcId: 1, symbol: "BTC", newestAt: noon },
      { cmcId: 1027, symbol: "ETH", newestAt: noon },
    ]);
    await upsertTrends(test.database, bitcoin, trends(1), noon, "1.0.0");
    expect(await behind()).toEqual(["ETH"]);
    await addPrice(bitcoin, later(1));
    expect(await behind()).toEqual(["BTC", "ETH"]);
    expect(await countUnanalyzedCoins(test.database)).toBe(2);
  });

  it("leaves out coins that are not listed any more, and coins without a price", async () => {
    await test.query("UPDATE cryptocurrencies SET rank = NULL WHERE symbol = 'BTC'");
    await test.query("DELETE FROM price_data WHERE crypto_id = $1", [ether]);
    expect(await behind()).toEqual([]);
  });
});
