import type { CoinSignal, MarketSignal } from "@vibe-charting/contracts";

const change = {
  state: "confirmed",
  previousState: "suspected",
  confidence: 0.8,
  openedAt: "2026-03-01T06:00:00.000Z",
  detectedAt: "2026-03-01T12:00:00.000Z",
  detectorVersion: "bottomed_out@1",
  marketSource: "coinmarketcap",
  evidence: { conditions: [], points: [], levels: {}, notes: [] },
} as const satisfies Partial<CoinSignal>;

/** A confirmed signal of Litecoin, CoinMarketCap id 2. */
export function coinSignal(overrides: Partial<CoinSignal> = {}): CoinSignal {
  return {
    ...change,
    evidence: { conditions: [], points: [], levels: {}, notes: [] },
    episodeId: "bottomed_out:2:2026-03-01T06:00:00.000Z",
    signalType: "bottomed_out",
    cmcId: 2,
    symbol: "LTC",
    name: "Litecoin",
    priceUsd: 80,
    record: null,
    ...overrides,
  };
}

/** A confirmed move of the market as a whole. */
export function marketSignal(overrides: Partial<MarketSignal> = {}): MarketSignal {
  return {
    ...change,
    evidence: { conditions: [], points: [], levels: {}, notes: [] },
    episodeId: "market_move:2026-03-01T06:00:00.000Z",
    signalType: "market_move",
    symbol: "MARKET",
    direction: "down",
    medianChangePct: -11,
    breadth: 0.04,
    ...overrides,
  };
}
