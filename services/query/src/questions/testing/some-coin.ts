import type { SignalState, SignalType, Timeframe, TrendType } from "@vibe-charting/contracts";
import type { EpisodeRow, ReadTrend } from "@vibe-charting/database";
import type { CoinFacts } from "../coin-facts.ts";

export const at = new Date("2026-03-18T00:00:00Z");

/** A coin that has been analysed, with the members that a test is about; its rank is its id. */
export function someCoin(cmcId: number, facts: Partial<CoinFacts> = {}): CoinFacts {
  return {
    cryptoId: cmcId,
    cmcId,
    symbol: `C${cmcId}`,
    name: `Coin ${cmcId}`,
    kind: "native",
    rank: cmcId,
    observedAt: at,
    priceUsd: 1,
    volume24hUsd: 1e6,
    marketCapUsd: 1e9,
    startPriceUsd: 1,
    isStartQuoted: false,
    changePct: 0,
    trends: {},
    episodes: [],
    isAnalyzed: true,
    namesakes: 0,
    ...facts,
  };
}

export function someTrend(timeframe: Timeframe, type: TrendType | null, facts: Partial<ReadTrend> = {}) {
  const trend: ReadTrend = {
    cryptoId: 1,
    timeframe,
    type,
    confidence: 0.8,
    changePct: 1,
    volatility: 0.5,
    enoughData: type !== null,
    notes: [],
    asOf: at,
    ...facts,
  };
  return { [timeframe]: trend };
}

export function someEpisode(
  type: SignalType,
  state: SignalState,
  facts: Partial<EpisodeRow> = {},
): EpisodeRow {
  return {
    id: 1,
    crypto_id: 1,
    signal_type: type,
    state,
    confidence: 0.8,
    opened_at: at,
    detected_at: at,
    ...facts,
  };
}
