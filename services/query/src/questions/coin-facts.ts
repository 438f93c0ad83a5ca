import type { Timeframe } from "@vibe-charting/contracts";
import type { EpisodeRow, ListedCoinRow, MarketRow, ReadTrend } from "@vibe-charting/database";
import type { StartPrice } from "../kept/load-listing.ts";

/** A coin of the listing with everything that a question may ask of it. */
export type CoinFacts = MarketRow & {
  /** Change over the question's window, per cent; null without a price at its start. */
  readonly changePct: number | null;
  /** The trends that were loaded and are up to date. */
  readonly trends: Readonly<Partial<Record<Timeframe, ReadTrend | undefined>>>;
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

/** What facts are put together from: rows, and what there is of each coin beside them, by the coins' ids. */
export type FactsParts = {
  readonly rows: readonly ListedCoinRow[];
  readonly namesakes: ReadonlyMap<number, number>;
  readonly starts: ReadonlyMap<number, StartPrice>;
  readonly trends: Readonly<Partial<Record<Timeframe, ReadonlyMap<number, ReadTrend>>>>;
  readonly episodes: ReadonlyMap<number, readonly EpisodeRow[]>;
  /** Up to when the coins were analysed, by a timeframe's trends, where no trends were loaded that tell. */
  readonly analysis?:
    | { readonly timeframe: Timeframe; readonly times: ReadonlyMap<number, number> }
    | undefined;
  /** Whether the listing is a past one: it was analysed, though the trends of then are no longer there. */
  readonly isPast: boolean;
};

const noEpisodes: readonly EpisodeRow[] = [];
const noTrends: CoinFacts["trends"] = {};

/** Puts the parts of the listing's coins together. Trends that lag behind the coin's price too far are left out. */
export function assembleFacts(parts: FactsParts): readonly CoinFacts[] {
  const { "24h": day, "7d": week, "30d": month, "90d": quarter } = parts.trends;
  const hasTrends = day || week || month || quarter;
  return parts.rows.map(row => {
    const { cryptoId } = row;
    const start = parts.starts.get(cryptoId);
    const startPriceUsd = start?.priceUsd ?? null;
    // Member by member, the trends too: of ten thousand coins, a spread or a computed name takes several times as long.
    const trends = hasTrends
      ? {
          "24h": day && upToDate(day, row),
          "7d": week && upToDate(week, row),
          "30d": month && upToDate(month, row),
          "90d": quarter && upToDate(quarter, row),
        }
      : noTrends;
    return {
      cryptoId,
      cmcId: row.cmcId,
      symbol: row.symbol,
      name: row.name,
      kind: row.kind,
      rank: row.rank,
      observedAt: row.observedAt,
      priceUsd: row.priceUsd,
      volume24hUsd: row.volume24hUsd,
      marketCapUsd: row.marketCapUsd,
      startPriceUsd,
      isStartQuoted: start?.isQuoted ?? false,
      changePct: changePct(row.priceUsd, startPriceUsd),
      trends,
      episodes: parts.episodes.get(cryptoId) ?? noEpisodes,
      isAnalyzed:
        parts.isPast ||
        Boolean(trends["24h"] ?? trends["7d"] ?? trends["30d"] ?? trends["90d"]) ||
        (parts.analysis !== undefined && isAnalyzedBy(parts.analysis, row)),
      namesakes: parts.namesakes.get(cryptoId) ?? 0,
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

function isAnalyzedBy(
  { timeframe, times }: NonNullable<FactsParts["analysis"]>,
  { cryptoId, observedAt }: ListedCoinRow,
): boolean {
  const asOf = times.get(cryptoId);
  return asOf !== undefined && observedAt.getTime() - asOf <= longestLagMs[timeframe];
}

/** A coin's trend where it belongs to the coin's price, or lags behind it no further than the analysis may. */
export function upToDate(
  trends: ReadonlyMap<number, ReadTrend>,
  { cryptoId, observedAt }: ListedCoinRow,
): ReadTrend | undefined {
  const trend = trends.get(cryptoId);
  if (!trend) return undefined;
  return observedAt.getTime() - trend.asOf.getTime() <= longestLagMs[trend.timeframe] ? trend : undefined;
}
