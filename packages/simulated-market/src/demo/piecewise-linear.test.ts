import { expect, test } from "vitest";
import { piecewiseLinear } from "./piecewise-linear.ts";

test("the value is on the line between two knots, and the outer knots' beyond them", () => {
  const knots = [
    [0, 1],
    [4, 3],
    [6, 0],
  ] as const;
  expect([-1, 0, 1, 4, 5, 6, 9].map(x => piecewiseLinear(knots, x))).toEqual([1, 1, 1.5, 3, 1.5, 0, 0]);
});

test("no knots give 0", () => {
  expect(piecewiseLinear([], 3)).toBe(0);
});
