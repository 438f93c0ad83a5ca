import type { CoinFacts } from "./coin-facts.ts";
import { memecoins } from "./memecoins.ts";
import type { Plan } from "./plan.ts";

/** Why a coin that the question asks about could not be evaluated. */
export type SkipReason = string;

export const skipReasons = {
  noStartPrice: "no price at the window's start",
  notEnoughData: "not enough data",
  notAnalyzed: "not analysed yet",
  noMarketCap: "market cap not known",
  pegged: "pegged to a currency, left out unless asked for by name",
  raisesNoSignals: "pegged or wrapped: raises no signals",
  notListed: "not in this listing",
  noDetector: "this signal is not detected yet",
} as const;

/** Whether a list question is about this coin at all: coins left out by name, group, rank or size are not. */
export function isInScope(coin: CoinFacts, plan: Plan): boolean {
  if (plan.maxRank !== null && (coin.rank === null || coin.rank > plan.maxRank)) return false;
  if (plan.minMarketCap !== null && coin.marketCapUsd !== null && coin.marketCapUsd < plan.minMarketCap)
    return false;
  return !plan.excludeSymbols.some(excluded => isExcluded(coin, excluded));
}

function isExcluded(coin: CoinFacts, excluded: string): boolean {
  const symbol = coin.symbol.toUpperCase();
  switch (excluded) {
    case "@stablecoins":
      return coin.kind === "stable";
    case "@memecoins":
      return memecoins.has(symbol);
    default:
      return symbol === excluded.toUpperCase();
  }
}

/** The filters in words, for the answer: `ranked 50 or better, without stablecoins`. */
export function scopeWords(plan: Plan, amount: (usd: number) => string): readonly string[] {
  return [
    ...(plan.maxRank === null ? [] : [`among the top ${plan.maxRank}`]),
    ...(plan.minMarketCap === null ? [] : [`with a market cap of ${amount(plan.minMarketCap)} or more`]),
    ...(plan.excludeSymbols.length === 0
      ? []
      : [`without ${plan.excludeSymbols.map(name => name.replace(/^@/, "")).join(", ")}`]),
  ];
}
