import { describe, expect, it } from "vitest";
import { seededRandom } from "../evaluate/random.ts";
import { seriesOf, someCoin, wildSeries } from "../evaluate/sample-series.ts";
import { dayMs, hourMs } from "../time.ts";
import type { Sample } from "../types.ts";
import { analyzeTrends } from "./analyze-trends.ts";

function trendsOf(samples: readonly Sample[], coin = someCoin) {
  return analyzeTrends({ coin, samples, asOf: samples.at(-1)?.at ?? 0 });
}

/** A path with some noise that ends `factor` times as high as it began. */
function climb(days: number, factor: number, seed = 1): Sample[] {
  const random = seededRandom(seed);
  const prices = Array.from(
    { length: days + 1 },
    (_, i) => factor ** (i / days) * (1 + 0.01 * random.normal()),
  );
  return seriesOf(prices);
}

describe("analyzeTrends", () => {
  it("answers for the four timeframes in order", () => {
    expect(trendsOf(climb(91, 2)).map(({ timeframe }) => timeframe)).toEqual(["24h", "7d", "30d", "90d"]);
  });

  it("calls a steady doubling an uptrend and a steady halving a downtrend", () => {
    expect(
      trendsOf(climb(91, 2))
        .slice(2)
        .map(({ type }) => type),
    ).toEqual(["uptrend", "uptrend"]);
    expect(
      trendsOf(climb(91, 0.5))
        .slice(2)
        .map(({ type }) => type),
    ).toEqual(["downtrend", "downtrend"]);
  });

  it("does not guess without enough data", () => {
    const none = { type: null, confidence: 0, changePct: null, volatility: null, enoughData: false };
    expect(trendsOf(seriesOf([1])).map(({ notes, timeframe, ...rest }) => rest)).toEqual([
      none,
      none,
      none,
      none,
    ]);
    expect(analyzeTrends({ coin: someCoin, samples: [], asOf: 0 })[0]).toEqual({
      timeframe: "24h",
      ...none,
      notes: ["There are no samples."],
    });
  });

  it("caps the confidence of one sample a day and says why", () => {
    const trends = trendsOf(climb(91, 2));
    expect(trends[0]?.confidence).toBeLessThanOrEqual(0.6);
    expect(trends[0]?.notes).toEqual([
      "One sample a day: the day's change is compared with the coin's own daily volatility.",
    ]);
    expect(trends[1]?.confidence).toBeLessThanOrEqual(0.6);
  });

  it("calls a pegged coin sideways", () => {
    const random = seededRandom(5);
    const prices = Array.from({ length: 92 }, () => 1 + 0.0003 * random.normal());
    expect(trendsOf(seriesOf(prices)).map(({ type }) => type)).toEqual(Array(4).fill("sideways"));
  });

  it("looks at nothing later than asOf", () => {
    const samples = wildSeries(seededRandom(2), 300, dayMs);
    const asOf = samples[150]?.at ?? 0;
    const before = samples.filter(({ at }) => at <= asOf);
    expect(analyzeTrends({ coin: someCoin, samples, asOf })).toEqual(
      analyzeTrends({ coin: someCoin, samples: before, asOf }),
    );
  });

  it("is the same in other units", () => {
    const samples = wildSeries(seededRandom(4), 2300, hourMs);
    const scaled = samples.map(sample => ({ ...sample, priceUsd: sample.priceUsd * 1024 }));
    expect(trendsOf(scaled)).toEqual(trendsOf(samples));
  });

  it("says that the newest sample is old", () => {
    const samples = climb(91, 2);
    const asOf = (samples.at(-1)?.at ?? 0) + 5 * dayMs;
    expect(
      analyzeTrends({ coin: someCoin, samples, asOf }).map(({ enoughData, notes }) => ({
        enoughData,
        notes,
      })),
    ).toEqual(Array(4).fill({ enoughData: false, notes: ["The newest sample is 5.0 days old."] }));
  });

  it("does not take a redenomination for a change", () => {
    const samples = climb(91, 1.0).map((sample, i) => ({
      ...sample,
      priceUsd: i > 60 ? sample.priceUsd * 10 : sample.priceUsd,
    }));
    expect(Math.abs(trendsOf(samples)[3]?.changePct ?? 100)).toBeLessThan(10);
  });

  it("gives a constant price no trend and no confidence that is not a number", () => {
    for (const trend of trendsOf(seriesOf(Array(100).fill(3)))) {
      expect(Number.isFinite(trend.confidence)).toBe(true);
      expect(trend.type === null || trend.type === "sideways").toBe(true);
    }
  });
});
