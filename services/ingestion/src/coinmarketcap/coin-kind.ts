import type { CoinKind } from "@vibe-charting/contracts";

/** CoinMarketCap's tags of coins that follow another price: the first list pegs, the second wraps. */
const stableTags = new Set([
  "stablecoin",
  "usd-stablecoin",
  "fiat-stablecoin",
  "algorithmic-stablecoin",
  "stablecoin-asset-backed",
]);
const wrappedTags = new Set([
  "wrapped-tokens",
  "liquid-staking-derivatives",
  "staked-tokens",
  "restaking-tokens",
]);

/** What a coin is, by its tags. */
export function coinKind(tags: readonly string[]): CoinKind {
  if (tags.some(tag => stableTags.has(tag))) return "stable";
  return tags.some(tag => wrappedTags.has(tag)) ? "wrapped" : "native";
}
