import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "../testing/index.ts";
import { upsertCoins } from "./cryptocurrencies.ts";
import { readTrendsOfTimeframes } from "./market-view.ts";
import { nothingSeen, readAnalysisTimes, readTrendChanges } from "./trend-changes.ts";
import { type TrendRow, upsertTrends } from "./trends.ts";

const asOf = new Date("2026-03-18T12:00:00.250Z");
const trend = { timeframe: "7d", confidence: 0.1, enoughData: true, notes: [] } as const;
/** One of each kind, with and without each figure. */
const trends: readonly TrendRow[] = [
  { ...trend, type: "uptrend", changePct: 1 / 3, volatility: 0.7 },
  { ...trend, type: "downtrend", changePct: -99.5, volatility: null },
  { ...trend, type: "sideways", changePct: null, volatility: 0 },
  { ...trend, type: null, enoughData: false, changePct: null, volatility: null, notes: ["two prices"] },
];

let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase();
  const ids = await upsertCoins(
    test.database,
    trends.map((_, index) => ({
      cmcId: index + 1,
      symbol: `C${index}`,
      name: `Coin ${index}`,
      slug: `coin-${index}`,
      kind: "native" as const,
      rank: index + 1,
    })),
  );
  for (const [index, row] of trends.entries()) {
    const other = { ...row, timeframe: "24h" } as const;
    await upsertTrends(test.database, ids.get(index + 1) ?? 0, [row, other], asOf, "1");
  }
});
afterAll(() => test.drop());

describe("readTrendChanges", () => {
  it("gives the trends of a timeframe as the columns have them", async () => {
    const { trends: packed } = await readTrendChanges(test.database, "7d", nothingSeen);
    const plain = await readTrendsOfTimeframes(test.database, ["7d"]);
    expect(packed.toSorted((a, b) => a.cryptoId - b.cryptoId)).toEqual(plain);
    expect(plain).toHaveLength(trends.length);
  });

  it("gives those that were written since alone", async () => {
    const { seen } = await readTrendChanges(test.database, "7d", nothingSeen);
    const [first] = await readTrendsOfTimeframes(test.database, ["7d"]);
    if (!first) throw new Error("no trend");
    const later = { ...trend, type: "sideways", changePct: 2, volatility: 3 } as const;
    await upsertTrends(test.database, first.cryptoId, [later], asOf, "1");
    const { trends: changed } = await readTrendChanges(test.database, "7d", seen);
    expect(changed).toEqual([{ ...later, cryptoId: first.cryptoId, asOf }]);
  });
});

describe("readAnalysisTimes", () => {
  it("gives what each trend of a timeframe is of", async () => {
    const { times } = await readAnalysisTimes(test.database, "24h", nothingSeen);
    const plain = await readTrendsOfTimeframes(test.database, ["24h"]);
    expect(times.toSorted((a, b) => a.cryptoId - b.cryptoId)).toEqual(
      plain.map(({ cryptoId }) => ({ cryptoId, asOf: asOf.getTime() })),
    );
  });
});
