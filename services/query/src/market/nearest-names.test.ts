import fc from "fast-check";
import { expect, it } from "vitest";
import { nearestNames } from "./nearest-names.ts";

const coins = [
  { symbol: "BTC", name: "Bitcoin" },
  { symbol: "ETH", name: "Ethereum" },
  { symbol: "ETC", name: "Ethereum Classic" },
  { symbol: "BCH", name: "Bitcoin Cash" },
];

it.each([
  ["BTX", ["BTC"]],
  ["ETX", ["ETH", "ETC"]],
  ["bitcion", ["BTC"]],
  ["ZZZZ", []],
] as const)("finds near %s", (typed, near) => {
  expect(nearestNames(typed, coins, 3)).toEqual(near);
});

/** Levenshtein's distance as it is defined. */
function edits(a: string, b: string): number {
  if (a === "" || b === "") return Math.max(a.length, b.length);
  const [restOfA, restOfB] = [a.slice(1), b.slice(1)];
  if (a[0] === b[0]) return edits(restOfA, restOfB);
  return 1 + Math.min(edits(restOfA, b), edits(a, restOfB), edits(restOfA, restOfB));
}

it("finds what Levenshtein's distance finds", () => {
  const text = fc.string({ unit: fc.constantFrom("a", "b", "c"), maxLength: 6 });
  fc.assert(
    fc.property(text, fc.array(fc.record({ symbol: text, name: text }), { maxLength: 5 }), (typed, coins) => {
      const farthest = Math.max(1, Math.floor(typed.length / 2));
      const near = coins
        .map(({ symbol, name }) => ({ symbol, distance: Math.min(edits(typed, symbol), edits(typed, name)) }))
        .filter(({ distance }) => distance <= farthest)
        .sort((a, b) => a.distance - b.distance);
      expect(nearestNames(typed, coins, 5)).toEqual([...new Set(near.map(({ symbol }) => symbol))]);
    }),
  );
});
