import type { PriceSeries } from "@vibe-charting/database";
import type { Sample } from "@vibe-charting/market";

/** A coin's prices as the engine takes them. */
export function toSamples(series: PriceSeries): readonly Sample[] {
  return series.at.map((at, index) => ({
    at,
    priceUsd: series.priceUsd[index] ?? Number.NaN,
    volume24hUsd: series.volume24hUsd[index] ?? null,
    marketCapUsd: series.marketCapUsd[index] ?? null,
    ...(series.isOtherVolume[index] && { isOtherVolume: true }),
  }));
}
