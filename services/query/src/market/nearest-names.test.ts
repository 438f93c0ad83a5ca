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
