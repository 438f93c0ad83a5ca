import type { ListedCoinRow } from "@vibe-charting/database";
import { amount, listed } from "../figures.ts";
import type { Plan } from "../plan.ts";
import { memecoins } from "./memecoins.ts";

/** Whether a list question is about this coin at all: coins left out by name, group, rank or size are not. */
export function isInScope(coin: ListedCoinRow, plan: Plan): boolean {
  if (plan.maxRank !== null && (coin.rank === null || coin.rank > plan.maxRank)) return false;
  if (plan.minMarketCap !== null && coin.marketCapUsd !== null && coin.marketCapUsd < plan.minMarketCap)
    return false;
  return !plan.excludeSymbols.some(excluded => isExcluded(coin, excluded));
}

function isExcluded(coin: ListedCoinRow, excluded: string): boolean {
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

/** The filters in words, said after the number of coins: `in the top 50, without stablecoins`. */
export function scopeWords({ maxRank, minMarketCap, excludeSymbols }: Plan): string {
  return [
    ...(maxRank === null ? [] : [`in the top ${maxRank}`]),
    ...(minMarketCap === null ? [] : [`with a market cap of ${amount(minMarketCap)} or more`]),
    ...(excludeSymbols.length === 0
      ? []
      : [`without ${listed(excludeSymbols.map(name => name.replace(/^@/, "")))}`]),
  ].join(", ");
}
