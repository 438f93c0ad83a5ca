import { describe, expect, it } from "vitest";
import type { CoinGeckoCoin } from "./fetch-coins.ts";
import { type CoinToMatch, findCandidates, settleMatch } from "./match-coins.ts";

const bitcoin: CoinToMatch = { cmcId: 1, symbol: "BTC", name: "Bitcoin", slug: "bitcoin", priceUsd: 100 };
const near: CoinToMatch = {
  cmcId: 6535,
  symbol: "NEAR",
  name: "NEAR Protocol",
  slug: "near-protocol",
  priceUsd: 2,
};

function match(coin: CoinToMatch, known: readonly CoinGeckoCoin[], prices: Readonly<Record<string, number>>) {
  const candidates = findCandidates([coin], known).get(coin.cmcId) ?? [];
  return settleMatch(coin, candidates, new Map(Object.entries(prices)));
}

describe("a coin of CoinGecko's is ours", () => {
  it("by its slug", () => {
    const known = [{ id: "bitcoin", symbol: "xbt", name: "Bitcoin Core" }];
    expect(match(bitcoin, known, { bitcoin: 104.9 })).toEqual({ kind: "matched", coinId: "bitcoin" });
  });

  it("by name and symbol together, however they are written", () => {
    const known = [{ id: "near", symbol: "near", name: "Near protocol" }];
    expect(match(near, known, { near: 1.95 })).toEqual({ kind: "matched", coinId: "near" });
  });

  it("by slug, name and symbol before a namesake with the same price", () => {
    const known = [
      { id: "bitcoin-2", symbol: "btc", name: "Bitcoin" },
      { id: "bitcoin", symbol: "btc", name: "Bitcoin" },
    ];
    expect(match(bitcoin, known, { bitcoin: 100, "bitcoin-2": 100 })).toEqual({
      kind: "matched",
      coinId: "bitcoin",
    });
  });
});

describe("a coin is refused", () => {
  it("when only the symbol is the same", () => {
    const known = [{ id: "batcat", symbol: "btc", name: "Batcat" }];
    expect(match(bitcoin, known, { batcat: 100 })).toEqual({
      kind: "refused",
      reason: "CoinGecko has no coin with the id bitcoin, and none called Bitcoin with the symbol BTC",
    });
  });

  it.each([
    [{ bitcoin: 105.1 }, "CoinGecko's bitcoin is at $105.1"],
    [{ bitcoin: 95.2 }, "CoinGecko's bitcoin is at $95.2"],
    [{}, "CoinGecko's bitcoin is at no price"],
  ])("when the price is another: %j", (prices, said) => {
    const known = [{ id: "bitcoin", symbol: "btc", name: "Bitcoin" }];
    expect(match(bitcoin, known, prices)).toEqual({
      kind: "refused",
      reason: `no price within 5 % of ours, which is $100: ${said}`,
    });
  });

  it("when two fit as well", () => {
    const known = [
      { id: "bitcoin", symbol: "xbt", name: "Other" },
      { id: "btc-2", symbol: "btc", name: "Bitcoin" },
    ];
    expect(match(bitcoin, known, { bitcoin: 100, "btc-2": 100 })).toEqual({
      kind: "refused",
      reason: "bitcoin and btc-2 of CoinGecko both fit",
    });
  });
});
