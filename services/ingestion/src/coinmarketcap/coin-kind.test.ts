import { expect, it } from "vitest";
import { coinKind } from "./coin-kind.ts";

it.each([
  ["native", []],
  ["native", ["mineable", "pow"]],
  ["stable", ["payments", "stablecoin"]],
  ["stable", ["usd-stablecoin"]],
  ["wrapped", ["wrapped-tokens", "ethereum-ecosystem"]],
  ["wrapped", ["liquid-staking-derivatives"]],
  ["stable", ["wrapped-tokens", "stablecoin"]],
])("is %s for the tags %j", (kind, tags) => {
  expect(coinKind(tags)).toBe(kind);
});
