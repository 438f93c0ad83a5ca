import {
  type MarketSeries,
  type PriceSeries,
  type Queryable,
  readMarketSeries,
} from "@vibe-charting/database";
import { lookbackDays, type MarketSample, type Sample } from "@vibe-charting/market";

const dayMs = 24 * 60 * 60 * 1_000;

/** The start of what the engine looks back on from a time. */
export function lookbackStart(upTo: Date): Date {
  return new Date(upTo.getTime() - lookbackDays * dayMs);
}

/** A coin's prices as the engine takes them. */
export function toSamples(series: PriceSeries): readonly Sample[] {
  return series.at.map((at, index) => ({
    at,
    priceUsd: series.priceUsd[index] ?? Number.NaN,
    volume24hUsd: series.volume24hUsd[index] ?? null,
    marketCapUsd: series.marketCapUsd[index] ?? null,
  }));
}

export type LoadMarket = (
  db: Queryable,
  upTo: Date,
  options: { mayBeKept: boolean },
) => Promise<readonly MarketSample[]>;

/**
 * Loads what the market did up to a time. All coins of one listing ask for the same stretch, so the last one is
 * kept for them: it is complete before the listing's events are published. Past prices that are loaded later
 * change it, and their events ask for it anew.
 */
export function marketLoader(): LoadMarket {
  let kept: { readonly upTo: number; readonly market: readonly MarketSample[] } | undefined;
  return async (db, upTo, { mayBeKept }) => {
    if (mayBeKept && kept?.upTo === upTo.getTime()) return kept.market;
    const market = toMarketSamples(await readMarketSeries(db, lookbackStart(upTo), upTo));
    kept = { upTo: upTo.getTime(), market };
    return market;
  };
}

function toMarketSamples(series: MarketSeries): readonly MarketSample[] {
  return series.at.flatMap((at, index) => {
    const medianLogReturn = series.medianLogReturn[index] ?? null;
    const breadth = series.breadth[index] ?? null;
    if (medianLogReturn === null || breadth === null) return [];
    return [
      { at, medianLogReturn, medianLogVolumeChange: series.medianLogVolumeChange[index] ?? 0, breadth },
    ];
  });
}
