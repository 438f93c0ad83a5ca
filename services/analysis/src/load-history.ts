import { type PriceSeries, type Queryable, readMarketSeries } from "@vibe-charting/database";
import { lookbackDays, type MarketSample, type Sample, toMarketSamples } from "@vibe-charting/market";

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
    ...(series.isOtherVolume[index] && { isOtherVolume: true }),
  }));
}

export type LoadMarket = (
  db: Queryable,
  since: Date,
  upTo: Date,
  options: { mayBeKept: boolean },
) => Promise<readonly MarketSample[]>;

/**
 * Loads what the market did in a stretch of time. All coins of one listing ask for the same one, so the last is
 * kept for them: it is complete before the listing's events are published. Past prices that are loaded later
 * change it, and their events ask for it anew.
 */
export function marketLoader(): LoadMarket {
  let kept: { readonly stretch: string; readonly market: readonly MarketSample[] } | undefined;
  return async (db, since, upTo, { mayBeKept }) => {
    const stretch = `${since.toISOString()} ${upTo.toISOString()}`;
    if (mayBeKept && kept?.stretch === stretch) return kept.market;
    const market = toMarketSamples(await readMarketSeries(db, since, upTo));
    kept = { stretch, market };
    return market;
  };
}
