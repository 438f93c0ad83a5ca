import type { MarketResponse } from "@vibe-charting/contracts";

type MarketCoin = MarketResponse["coins"][number];

/** The coins that moved, the strongest first. Pegged and wrapped ones follow something else, and are left out. */
export function strongestFirst(coins: readonly MarketCoin[]): MarketCoin[] {
  return coins
    .filter(({ kind, changePct }) => kind === "native" && changePct !== null)
    .sort((a, b) => (b.changePct ?? 0) - (a.changePct ?? 0));
}
