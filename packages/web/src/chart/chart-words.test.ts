import { expect, it } from "vitest";
import { describePrices, thinOut } from "./chart-words.ts";

it("describes prices by their ends, their extremes and their marks", () => {
  const samples = [100, 130, 90, 110].map((price, day) => ({
    at: new Date(Date.UTC(2026, 2, 1 + day)).toISOString(),
    price,
    volume24h: null,
  }));
  expect(describePrices("Bitcoin", "7 days", samples, 2)).toBe(
    "Bitcoin over the past 7 days: from $100.00 to $110.00, +10.0%. Highest $130.00 on 2 Mar, 00:00, lowest $90.00 on 3 Mar, 00:00 UTC. 2 points of signals marked in it.",
  );
});

it("says that there are no prices", () => {
  expect(describePrices("Bitcoin", "7 days", [], 0)).toBe(
    "There are no prices of Bitcoin over the past 7 days.",
  );
});

it.each([
  [[1, 2, 3], 5, [1, 2, 3]],
  [[1, 2, 3, 4, 5, 6, 7], 3, [1, 4, 7]],
  [[1, 2, 3, 4, 5, 6], 3, [2, 4, 6]],
  [[], 3, []],
])("thins %j out to at most %d, the last one among them", (samples, most, kept) => {
  expect(thinOut(samples, most)).toEqual(kept);
});
