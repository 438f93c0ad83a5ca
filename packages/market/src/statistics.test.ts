import fc from "fast-check";
import {
  medianAbsoluteDeviation,
  quantile as oracleQuantile,
  sampleStandardDeviation,
} from "simple-statistics";
import { expect, it } from "vitest";
import { median, normalCdf, quantile, scaledMad, standardDeviation } from "./statistics.ts";

const numbers = fc.array(fc.float({ noNaN: true, min: -1000, max: 1000 }), { minLength: 2, maxLength: 60 });

it("selects the quantile that sorting gives, and leaves its argument alone", () => {
  fc.assert(
    fc.property(numbers, fc.double({ noNaN: true, min: 0, max: 1 }), (values, fraction) => {
      const kept = [...values];
      const sorted = values.toSorted((a, b) => a - b);
      const position = fraction * (sorted.length - 1);
      const low = sorted[Math.floor(position)] ?? 0;
      const high = sorted[Math.ceil(position)] ?? 0;
      expect(quantile(values, fraction)).toBeCloseTo(low + (high - low) * (position % 1), 9);
      expect(values).toEqual(kept);
    }),
    { seed: 2 },
  );
});

it("agrees with simple-statistics on the median, its deviation and the standard deviation", () => {
  fc.assert(
    fc.property(numbers, values => {
      expect(median(values)).toBeCloseTo(oracleQuantile(values, 0.5), 9);
      expect(scaledMad(values)).toBeCloseTo(1.4826 * medianAbsoluteDeviation(values), 9);
      expect(standardDeviation(values)).toBeCloseTo(sampleStandardDeviation(values), 9);
    }),
    { seed: 3 },
  );
});

it("leaves values that are no numbers out of a median", () => {
  expect(median([Number.NaN, 3, Number.POSITIVE_INFINITY, 1])).toBe(2);
  expect(median([Number.NaN])).toBeNaN();
});

it("gives the normal distribution to six digits", () => {
  expect([normalCdf(0), normalCdf(1.96), normalCdf(-1)].map(value => value.toFixed(6))).toEqual([
    "0.500000",
    "0.975002",
    "0.158655",
  ]);
});
