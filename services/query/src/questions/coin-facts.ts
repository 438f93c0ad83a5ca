import type { Timeframe } from "@vibe-charting/contracts";
import type { EpisodeRow, MarketRow, ReadTrend } from "@vibe-charting/database";

/** A coin of the listing with everything that a question may ask of it. */
export type CoinFacts = MarketRow & {
  /** Change over the question's window, per cent; null without a price at its start. */
  readonly changePct: number | null;
  /** The trends that were loaded and are up to date. */
  readonly trends: Readonly<Partial<Record<Timeframe, ReadTrend>>>;
  /** Episodes in their present state, the latest change first. */
  readonly episodes: readonly EpisodeRow[];
  /** Whether the detectors have taken in its price. */
  readonly isAnalyzed: boolean;
  /** Other coins that bear the same symbol. */
  readonly namesakes: number;
};

/** Change from a price at the window's start, per cent. */
function changePct(priceUsd: number, startPriceUsd: number | null): number | null {
  return startPriceUsd === null ? null : 100 * (priceUsd / startPriceUsd - 1);
}

/** Puts the parts of the listing's coins together. Trends that lag behind the coin's price too far are left out. */
export function assembleFacts(
  rows: readonly MarketRow[],
  trends: readonly ReadTrend[],
  episodes: readonly EpisodeRow[],
): readonly CoinFacts[] {
  const trendsOf = Map.groupBy(trends, trend => trend.cryptoId);
  const episodesOf = Map.groupBy(episodes, episode => episode.crypto_id);
  const bearers = Map.groupBy(rows, row => row.symbol.toUpperCase());
  return rows.map(row => {
    const current = (trendsOf.get(row.cryptoId) ?? []).filter(trend => isUpToDate(trend, row.observedAt));
    return {
      ...row,
      changePct: changePct(row.priceUsd, row.startPriceUsd),
      trends: Object.fromEntries(current.map(trend => [trend.timeframe, trend])),
      episodes: episodesOf.get(row.cryptoId) ?? [],
      isAnalyzed: current.length > 0,
      namesakes: (bearers.get(row.symbol.toUpperCase())?.length ?? 1) - 1,
    };
  });
}

const hourMs = 60 * 60 * 1_000;
/** How far a trend may lag behind the newest price while the analysis of that price is under way. */
const longestLagMs: Readonly<Record<Timeframe, number>> = {
  "24h": hourMs,
  "7d": 7 * hourMs,
  "30d": 24 * hourMs,
  "90d": 24 * hourMs,
};

function isUpToDate(trend: ReadTrend, observedAt: Date): boolean {
  return observedAt.getTime() - trend.asOf.getTime() <= longestLagMs[trend.timeframe];
}
