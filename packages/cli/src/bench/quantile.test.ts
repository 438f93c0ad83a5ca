import { expect, it } from "vitest";
import { median, quantile } from "./quantile.ts";

it.each([
  [[5], 0.5, 5],
  [[3, 1, 2], 0.5, 2],
  [[4, 1, 3, 2], 0.5, 2],
  [[3, 1, 2], 0, 1],
  [[3, 1, 2], 1, 3],
  [Array.from({ length: 100 }, (_, index) => index + 1), 0.99, 99],
])("of %j at %d is %d", (values, share, expected) => {
  expect(quantile(values, share)).toBe(expected);
});

it("is not changed by the order, and changes none", () => {
  const values = [9, 7, 8];
  expect(median(values)).toBe(8);
  expect(values).toEqual([9, 7, 8]);
});

it("needs values", () => {
  expect(() => median([])).toThrow(RangeError);
});
