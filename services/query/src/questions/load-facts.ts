import type { MarketSource, Timeframe } from "@vibe-charting/contracts";
import {
  findCoinsBySymbols,
  listEpisodes,
  type Queryable,
  readMarketView,
  readTrendsOfTimeframes,
} from "@vibe-charting/database";
import { assembleFacts, type CoinFacts } from "./coin-facts.ts";
import type { Plan } from "./plan.ts";
import { recomputeTrends } from "./recompute-trends.ts";

export type Listing = { readonly observedAt: Date; readonly source: MarketSource };

const hourMs = 60 * 60 * 1_000;
const dayMs = 24 * hourMs;
/** How far a window's start may lie from the price that stands for it, at most. */
const longestToleranceMs = 12 * hourMs;
/** Signals that ended this long ago still count where no window is asked for. */
const recentSignalsMs = 7 * dayMs;
/** More episodes than any listing has at once. */
const mostEpisodes = 2_000;

const allTimeframes: readonly Timeframe[] = ["24h", "7d", "30d", "90d"];

/**
 * Reads what a plan needs of the listing's coins. Questions about named coins read those alone. `isPast` says that
 * there is a newer listing: trends are then worked out again from the prices up to this one.
 */
export async function loadFacts(
  db: Queryable,
  plan: Plan,
  listing: Listing,
  isPast: boolean,
): Promise<readonly CoinFacts[]> {
  const { from, to } = plan.window;
  const onlyNamed = plan.named !== null && !plan.market && plan.screens.length === 0;
  const cryptoIds = onlyNamed
    ? (await findCoinsBySymbols(db, plan.symbols)).map(coin => coin.cryptoId)
    : undefined;
  const timeframes =
    plan.named !== null ? allTimeframes : [...new Set([plan.trendTimeframe, plan.volatilityTimeframe])];
  const rows = await readMarketView(db, {
    snapshotAt: listing.observedAt,
    windowStart: from,
    toleranceMs: Math.min((to.getTime() - from.getTime()) / 4, longestToleranceMs),
    cryptoIds,
  });
  const needsTrends =
    plan.named !== null || plan.market || plan.screens.some(intent => intent !== "performance");
  const needsEpisodes = plan.named !== null || plan.market || plan.screens.includes("signal");
  const trends = !needsTrends
    ? []
    : isPast
      ? await recomputeTrends(db, rows, timeframes)
      : await readTrendsOfTimeframes(db, timeframes, cryptoIds);
  const signalsFrom =
    plan.hasWindow && plan.screens.includes("signal")
      ? { since: from }
      : { openOrSince: new Date(to.getTime() - recentSignalsMs) };
  const episodes = needsEpisodes
    ? await listEpisodes(db, { ...signalsFrom, upTo: to, cryptoIds, limit: mostEpisodes })
    : [];
  return assembleFacts(rows, trends, episodes);
}
