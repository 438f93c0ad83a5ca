import type { Intent, Slots } from "@vibe-charting/contracts";

/** How a question was read. */
export type Reading = {
  intents: Intent[];
  slots: Slots;
  /** How likely the intents are to be the ones meant, 0 to 1. */
  confidence: number;
  /** Words, as typed, that the reading did not use. */
  notUnderstood: string[];
  /** Whether the answer is wished for later, when it comes to hold: "tell me when BTC bottoms out". */
  alert: boolean;
};

export function emptySlots(): Slots {
  return {
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
}
