import { expect, it } from "vitest";
import { describeUnknownCoins } from "./unknown-coins.ts";

const known = [
  { symbol: "BTC", name: "Bitcoin" },
  { symbol: "SOL", name: "Solana" },
];

it.each([
  ["BTX price", ["BTX"], "No followed coin has the symbol BTX. Did you mean BTC?"],
  ["how is $btx?", ["$btx?"], "No followed coin has the symbol BTX. Did you mean BTC?"],
  ["price of QQQQ", ["QQQQ"], "No followed coin has the symbol QQQQ."],
  ["will it hit 200k", ["hit"], ""],
  ["WHAT IS THE PRICE", ["WHAT"], ""],
] as const)("of %j", (text, notUnderstood, says) => {
  expect(describeUnknownCoins(text, notUnderstood, known)).toBe(says);
});
