import fc from "fast-check";
import { expect, test } from "vitest";
import { shock, uniform } from "./random.ts";

const indices = Array.from({ length: 20_000 }, (_, index) => index - 2_000);

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

test("a draw depends on its seed, stream and index alone", () => {
  const arguments3 = fc.tuple(fc.integer(), fc.integer({ min: 0, max: 1_000 }), fc.integer());
  fc.assert(
    fc.property(arguments3, arguments3, (first, second) => {
      const before = uniform(...first);
      uniform(...second);
      expect(uniform(...first)).toBe(before);
      expect(before).toBeGreaterThan(0);
      expect(before).toBeLessThan(1);
    }),
  );
});

test("draws are spread evenly, in each stream and between neighbouring streams", () => {
  const first = indices.map(index => uniform(7, 100, index));
  const second = indices.map(index => uniform(7, 101, index));
  expect(Math.abs(mean(first) - 0.5)).toBeLessThan(0.01);
  const correlation = mean(first.map((value, index) => (value - 0.5) * ((second[index] ?? 0) - 0.5))) * 12;
  expect(Math.abs(correlation)).toBeLessThan(0.03);
});

test("shocks have mean 0 and variance 1, and none is larger than 4", () => {
  const shocks = indices.map(index => shock(7, 100, index));
  expect(Math.abs(mean(shocks))).toBeLessThan(0.03);
  expect(Math.abs(mean(shocks.map(value => value * value)) - 1)).toBeLessThan(0.05);
  expect(Math.max(...shocks.map(Math.abs))).toBeLessThanOrEqual(4);
});
