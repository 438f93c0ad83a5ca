import type { Timeframe, TrendReading } from "@vibe-charting/contracts";
import type { EpisodeRow, ReadTrend } from "@vibe-charting/database";
import type { PartResult } from "./answer-part.ts";
import type { CoinFacts } from "./coin-facts.ts";

/** A coin's trends as the API gives them, shortest timeframe first. */
export function toTrendReadings(coin: CoinFacts): TrendReading[] {
  return (["24h", "7d", "30d", "90d"] as const).flatMap(timeframe => {
    const trend = coin.trends[timeframe];
    return trend ? [toTrendReading(trend)] : [];
  });
}

function toTrendReading({ cryptoId: _, asOf: __, notes, ...trend }: ReadTrend): TrendReading {
  return { ...trend, notes: [...notes] };
}

/** What a result says of a coin beside its price and change. */
export type ResultParts = {
  readonly trend?: Timeframe | undefined;
  readonly volatility?: Timeframe | undefined;
  readonly episode?: EpisodeRow | undefined;
};

export function toResult(coin: CoinFacts, parts: ResultParts): PartResult {
  const trend = parts.trend && coin.trends[parts.trend];
  const volatility = parts.volatility && coin.trends[parts.volatility]?.volatility;
  return {
    coin,
    symbol: coin.symbol,
    name: coin.name,
    cmcId: coin.cmcId,
    rank: coin.rank,
    price: coin.priceUsd,
    changePct: coin.changePct,
    ...(coin.isStartQuoted ? { changeSource: "provider" as const } : {}),
    ...(trend?.type ? { trend: trend.type, confidence: trend.confidence } : {}),
    ...(typeof volatility === "number" ? { volatility } : {}),
    ...(parts.episode ? toSignalParts(parts.episode) : {}),
  };
}

function toSignalParts(episode: EpisodeRow) {
  return {
    signal: episode.signal_type,
    state: episode.state,
    confidence: episode.confidence,
    detectedAt: episode.detected_at.toISOString(),
    episodeStateId: episode.id,
  };
}
