import { describe, expect, it } from "vitest";
import { coinPath } from "./coin-path.ts";

const coinBySymbol = new Map([
  ["BTC", 1],
  ["LUNA", 20314],
]);

describe("coinPath", () => {
  it("addresses the coin that a symbol means by the symbol, with the signal to show", () => {
    expect(coinPath({ cmcId: 1, symbol: "BTC" }, coinBySymbol, "two_highs_one_low:1:a")).toBe(
      "/coins/BTC?signal=two_highs_one_low%3A1%3Aa",
    );
  });

  it.each([
    ["whose symbol means another coin", { cmcId: 4172, symbol: "LUNA" }, "/coins/4172"],
    ["whose symbol differs in its case alone", { cmcId: 7, symbol: "luna" }, "/coins/7"],
    ["whose symbol is digits, as an id is", { cmcId: 5, symbol: "888" }, "/coins/5"],
  ])("addresses a coin %s by its id", (_, coin, path) => {
    expect(coinPath(coin, coinBySymbol)).toBe(path);
  });

  it("takes a symbol that is not in the listing as it is", () => {
    expect(coinPath({ cmcId: 9, symbol: "A/B" }, coinBySymbol)).toBe("/coins/A%2FB");
  });
});
