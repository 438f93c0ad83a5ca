import {
  type EpisodeRow,
  type Queryable,
  type ReadTrend,
  readTrendsOfTimeframes,
} from "@vibe-charting/database";
import type { KeptData } from "../kept-data.ts";
import type { PartResult } from "./answer-part.ts";
import { type CoinFacts, upToDate } from "./coin-facts.ts";
import { isClosed } from "./list/describe-item.ts";
import { type Listing, readEpisodes } from "./load-facts.ts";
import { nearestTimeframe } from "./nearest-timeframe.ts";
import type { Plan } from "./plan.ts";
import { recomputeTrends } from "./recompute-trends.ts";

/** Signals that ended longer ago are not told of; open ones are, however old. */
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
  // Those that the question asked for are there already.
  const withoutTrend = coins.filter(coin => coin.trends[timeframe] === undefined);
  const withoutSignal = results.filter(({ signal }) => signal === undefined).map(({ coin }) => coin);
  const [trends, episodes] = await Promise.all([
    listing.isPast
      ? pastTrends(db, kept, withoutTrend)
      : readTrendsOfTimeframes(db, [timeframe], idsOf(withoutTrend)),
    openEpisodes(db, listing, withoutSignal),
  ]);
  const trendOf = new Map(
    trends.filter(trend => trend.timeframe === timeframe).map(trend => [trend.cryptoId, trend]),
  );
  return results.map(result => {
    const trend = result.coin.trends[timeframe] ?? upToDate(trendOf, result.coin);
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
  kept: KeptData,
  coins: readonly CoinFacts[],
): Promise<readonly ReadTrend[]> {
  if (coins.length === 0) return [];
  const key = JSON.stringify(coins.map(({ cryptoId, observedAt }) => [cryptoId, observedAt]));
  return await kept.pastTrends(key, () => recomputeTrends(db, coins));
}

async function openEpisodes(
  db: Queryable,
  { observedAt }: Listing,
  coins: readonly CoinFacts[],
): Promise<ReadonlyMap<number, readonly EpisodeRow[]>> {
  if (coins.length === 0) return new Map();
  const since = new Date(observedAt.getTime() - episodesSinceMs);
  return await readEpisodes(db, { since, open: true }, observedAt, idsOf(coins));
}

function idsOf(coins: readonly CoinFacts[]): readonly number[] {
  return coins.map(({ cryptoId }) => cryptoId);
}
