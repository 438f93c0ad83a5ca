import type { Timeframe } from "@vibe-charting/contracts";
import type { EpisodeRow, Queryable, ReadTrend } from "@vibe-charting/database";
import type { KeptData } from "../kept-data.ts";
import type { PartResult } from "./answer-part.ts";
import { type CoinFacts, upToDate } from "./coin-facts.ts";
import { isClosed } from "./list/describe-item.ts";
import { type Listing, readEpisodes } from "./load-facts.ts";
import { nearestTimeframe } from "./nearest-timeframe.ts";
import type { Plan } from "./plan.ts";
import { recomputeTrends } from "./recompute-trends.ts";

/** As far back as episodes are kept at hand. */
const episodesSinceMs = 7 * 24 * 60 * 60 * 1_000;

/**
 * Says of each coin in an answer what the question did not ask for: its trend and volatility over the timeframe nearest
 * to the question's window, and its open signals. Of a market of thousands, few coins are shown.
 */
export async function completeResults(
  { db, kept }: { readonly db: Queryable; readonly kept: KeptData },
  plan: Plan,
  listing: Listing,
  results: readonly PartResult[],
): Promise<readonly PartResult[]> {
  if (results.length === 0) return results;
  const { timeframe } = nearestTimeframe(plan.window.to.getTime() - plan.window.from.getTime());
  const coins = results.map(({ coin }) => coin);
  const [trends, episodes] = await Promise.all([
    listing.isPast ? pastTrends(db, coins, timeframe) : kept.trends(timeframe),
    openEpisodes(db, kept, listing, coins),
  ]);
  return results.map(result => {
    const trend = upToDate(trends, result.coin);
    const open = (episodes.get(result.coin.cryptoId) ?? []).filter(episode => !isClosed(episode));
    return {
      ...(trend && trendParts(trend)),
      ...(result.signal === undefined && {
        openSignals: open.map(({ signal_type, state }) => ({ signal: signal_type, state })),
      }),
      ...result,
    };
  });
}

function trendParts({ type, confidence, volatility }: ReadTrend) {
  return {
    ...(type && { trend: type, confidence }),
    ...(typeof volatility === "number" && { volatility }),
  };
}

/** Only the newest trends are stored: those of the past are worked out again. */
async function pastTrends(
  db: Queryable,
  coins: readonly CoinFacts[],
  timeframe: Timeframe,
): Promise<ReadonlyMap<number, ReadTrend>> {
  const trends = await recomputeTrends(db, coins);
  return new Map(trends.filter(trend => trend.timeframe === timeframe).map(trend => [trend.cryptoId, trend]));
}

async function openEpisodes(
  db: Queryable,
  kept: KeptData,
  { observedAt, isPast }: Listing,
  coins: readonly CoinFacts[],
): Promise<ReadonlyMap<number, readonly EpisodeRow[]>> {
  const since = new Date(observedAt.getTime() - episodesSinceMs);
  const present = isPast ? null : await kept.episodes(observedAt, since);
  if (present) return present;
  const cryptoIds = coins.map(({ cryptoId }) => cryptoId);
  return await readEpisodes(db, { since, open: true }, observedAt, cryptoIds);
}
