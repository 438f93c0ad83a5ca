import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { seriesOf, someMonday } from "./evaluate/sample-series.ts";
import { sanitizeSeries } from "./sanitize-series.ts";
import { dayMs } from "./time.ts";

describe("sanitizeSeries", () => {
  it("orders the rows and says what it left out", () => {
    const good = seriesOf([1, 1.1, 1.2]);
    const at = someMonday + 9 * dayMs;
    const { samples, leftOut } = sanitizeSeries([
      ...good.toReversed(),
      { at: Number.NaN, priceUsd: 1 },
      { at, priceUsd: Number.NaN },
      { at, priceUsd: 0 },
      { at, priceUsd: -1 },
      { ...good[0], at: someMonday, priceUsd: 1 },
    ]);
    expect(samples.map(({ priceUsd }) => priceUsd)).toEqual([1, 1.1, 1.2]);
    expect(leftOut).toEqual([
      { reason: "invalid_time", count: 1 },
      { reason: "missing_price", count: 1 },
      { reason: "non_positive_price", count: 2 },
      { reason: "duplicate_time", count: 1 },
    ]);
  });

  it("keeps the sample without a volume that is none, and without a range that its price is outside of", () => {
    const row = { at: someMonday, priceUsd: 2, volume24hUsd: -5, marketCapUsd: 0, highUsd: 1, lowUsd: 0.5 };
    expect(sanitizeSeries([row])).toEqual({
      samples: [{ at: someMonday, priceUsd: 2, volume24hUsd: null, marketCapUsd: null }],
      leftOut: [
        { reason: "invalid_volume", count: 1 },
        { reason: "invalid_range", count: 1 },
      ],
    });
  });

  it("counts a ten to one step under an unchanged market cap as a redenomination", () => {
    const rows = seriesOf([1, 1.01, 10.1, 10.2]).map(sample => ({ ...sample, marketCapUsd: 1e6 }));
    expect(sanitizeSeries(rows).leftOut).toEqual([{ reason: "redenomination", count: 1 }]);
  });

  it("makes an ascending series of positive prices of anything", () => {
    const number = fc.oneof(fc.double(), fc.constant(null), fc.constant(undefined));
    const row = fc.record({
      at: fc.oneof(fc.double(), fc.integer()),
      priceUsd: number,
      volume24hUsd: number,
      marketCapUsd: number,
      highUsd: number,
      lowUsd: number,
    });
    fc.assert(
      fc.property(fc.array(row), rows => {
        const { samples, leftOut } = sanitizeSeries(rows);
        const times = samples.map(({ at }) => at);
        expect(times).toEqual([...new Set(times)].sort((a, b) => a - b));
        expect(samples.every(({ priceUsd }) => priceUsd > 0 && Number.isFinite(priceUsd))).toBe(true);
        expect(leftOut.every(({ count }) => count > 0)).toBe(true);
      }),
      { seed: 1 },
    );
  });
});
