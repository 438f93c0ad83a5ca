import type { Timeframe } from "@vibe-charting/contracts";
import type { EpisodeRow, ListedCoinRow, MarketRow, ReadTrend } from "@vibe-charting/database";
import type { StartPrice } from "../kept/load-listing.ts";

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

/** What facts are put together from: rows, and what there is of each coin beside them. */
export type FactsParts = {
  readonly rows: readonly ListedCoinRow[];
  readonly startPriceOf: (cryptoId: number) => StartPrice | undefined;
  readonly trendsOf: (cryptoId: number) => readonly ReadTrend[];
  readonly episodesOf: (cryptoId: number) => readonly EpisodeRow[];
};

/** Puts the parts of the listing's coins together. Trends that lag behind the coin's price too far are left out. */
export function assembleFacts({
  rows,
  startPriceOf,
  trendsOf,
  episodesOf,
}: FactsParts): readonly CoinFacts[] {
  const bearers = new Map<string, number>();
  for (const { symbol } of rows) {
    const ticker = symbol.toUpperCase();
    bearers.set(ticker, (bearers.get(ticker) ?? 0) + 1);
  }
  return rows.map(row => {
    const { cryptoId } = row;
    const start = startPriceOf(cryptoId);
    const startPriceUsd = start?.priceUsd ?? null;
    const trends: Partial<Record<Timeframe, ReadTrend>> = {};
    let isAnalyzed = false;
    for (const trend of trendsOf(cryptoId)) {
      if (!isUpToDate(trend, row.observedAt)) continue;
      trends[trend.timeframe] = trend;
      isAnalyzed = true;
    }
    // Member by member: of ten thousand coins, a spread takes several times as long.
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
      episodes: episodesOf(cryptoId),
      isAnalyzed,
      namesakes: (bearers.get(row.symbol.toUpperCase()) ?? 1) - 1,
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
