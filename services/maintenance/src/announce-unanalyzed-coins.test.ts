import { PricesIngested } from "@vibe-charting/contracts";
import {
  ensurePricePartitions,
  insertPrices,
  leaseOutbox,
  upsertCoins,
  upsertTrends,
} from "@vibe-charting/database";
import { createTestDatabase, type TestDatabase } from "@vibe-charting/database/testing";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { announceUnanalyzedCoins } from "./announce-unanalyzed-coins.ts";

const noon = new Date("2026-03-01T12:00:00Z");
const [firstRun, secondRun] = [new Date("2026-03-01T13:00:00Z"), new Date("2026-03-02T13:00:00Z")];

let test: TestDatabase;
let ids: ReadonlyMap<number, number>;
beforeEach(async () => {
  test = await createTestDatabase();
  ids = await upsertCoins(test.database, [
    { cmcId: 1, symbol: "BTC", name: "Bitcoin", slug: "bitcoin", kind: "native", rank: 1 },
    { cmcId: 1027, symbol: "ETH", name: "Ethereum", slug: "ethereum", kind: "native", rank: 2 },
  ]);
  await ensurePricePartitions(test.database, noon, noon);
  const price = { observedAt: noon, priceUsd: 100, volume24hUsd: null, marketCapUsd: null, rank: 1 };
  await insertPrices(
    test.database,
    [...ids.values()].map(cryptoId => ({ ...price, cryptoId })),
    noon,
  );
});
afterEach(() => test.drop());

const analyze = (cmcId: number) =>
  upsertTrends(
    test.database,
    ids.get(cmcId) ?? 0,
    [
      {
        timeframe: "24h",
        type: null,
        confidence: 0,
        changePct: null,
        volatility: null,
        enoughData: false,
        notes: [],
      },
    ],
    noon,
    "1.0.0",
  );
const announced = async () =>
  (await leaseOutbox(test.database, ["prices.ingested"], 100, 0)).map(
    ({ json }) => PricesIngested.parse(JSON.parse(json)).data,
  );

describe("announceUnanalyzedCoins", () => {
  it("tells of the newest price of each coin that has no analysis", async () => {
    await analyze(1);
    expect(await announceUnanalyzedCoins(test.database, firstRun)).toEqual(["ETH"]);
    const at = noon.toISOString();
    expect(await announced()).toEqual([{ cmcId: 1027, symbol: "ETH", from: at, to: at, reason: "catch_up" }]);
  });

  it("tells of nothing when everything is analysed", async () => {
    await analyze(1);
    await analyze(1027);
    expect(await announceUnanalyzedCoins(test.database, firstRun)).toEqual([]);
    expect(await announced()).toEqual([]);
  });

  it("tells once in a run that is repeated, and again in the next run", async () => {
    await analyze(1);
    await announceUnanalyzedCoins(test.database, firstRun);
    await announceUnanalyzedCoins(test.database, firstRun);
    expect(await announced()).toHaveLength(1);
    await announceUnanalyzedCoins(test.database, secondRun);
    expect(await announced()).toHaveLength(2);
  });
});
