import type { Slots } from "@vibe-charting/contracts";

/** The slots of a question that states nothing. */
export const noSlots: Slots = {
  symbols: [],
  excludeSymbols: [],
  timeframe: null,
  limit: null,
  trend: null,
  signal: null,
  direction: null,
  minChangePct: null,
  maxRank: null,
  minConfidence: null,
  minMarketCap: null,
  negated: false,
};
