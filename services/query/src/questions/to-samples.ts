import type { MarketSeries, PriceSeries } from "@vibe-charting/database";
import type { MarketSample, Sample } from "@vibe-charting/market";

/** A coin's prices as the engine takes them. */
export function toSamples(series: PriceSeries): readonly Sample[] {
  return series.at.map((at, index) => ({
    at,
    priceUsd: series.priceUsd[index] ?? Number.NaN,
    volume24hUsd: series.volume24hUsd[index] ?? null,
    marketCapUsd: series.marketCapUsd[index] ?? null,
  }));
}

/** What the market did, as the engine takes it; a first listing has nothing to compare with. */
export function toMarketSamples(series: MarketSeries): readonly MarketSample[] {
  return series.at.flatMap((at, index) => {
    const medianLogReturn = series.medianLogReturn[index] ?? null;
    const breadth = series.breadth[index] ?? null;
    if (medianLogReturn === null || breadth === null) return [];
    return [
      { at, medianLogReturn, medianLogVolumeChange: series.medianLogVolumeChange[index] ?? 0, breadth },
    ];
  });
}
