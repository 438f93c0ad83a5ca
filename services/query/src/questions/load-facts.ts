import type { MarketSource, Timeframe } from "@vibe-charting/contracts";
import {
  type EpisodeRow,
  findCoinsBySymbols,
  listEpisodes,
  type MarketRow,
  type Queryable,
  type ReadTrend,
  readMarketView,
  readNewestPrice,
  readTrendsOfTimeframes,
} from "@vibe-charting/database";
import { assembleFacts, type CoinFacts } from "./coin-facts.ts";
import { type AbsentCoin, absentSymbols } from "./coins/named-coins.ts";
import type { Plan } from "./plan.ts";
import { recomputeTrends } from "./recompute-trends.ts";

/** The listing that an answer rests on; `isPast` when there is a newer one. */
export type Listing = { readonly observedAt: Date; readonly source: MarketSource; readonly isPast: boolean };

const hourMs = 60 * 60 * 1_000;
const dayMs = 24 * hourMs;
/** How far a window's start may lie from the price that stands for it, at most. */
const longestToleranceMs = 12 * hourMs;
/** Signals that ended this long ago still count where no window is asked for. */
const recentSignalsMs = 7 * dayMs;
/** More episodes than a listing has at once. */
const mostEpisodes = 2_000;

const allTimeframes: readonly Timeframe[] = ["24h", "7d", "30d", "90d"];

/** Reads what a plan needs of the listing's coins. Questions about named coins read those alone. */
export async function loadFacts(db: Queryable, plan: Plan, listing: Listing): Promise<readonly CoinFacts[]> {
  const { from, to } = plan.window;
  const cryptoIds = await namedIds(db, plan);
  const rows = await readMarketView(db, {
    snapshotAt: listing.observedAt,
    windowStart: from,
    toleranceMs: Math.min((to.getTime() - from.getTime()) / 4, longestToleranceMs),
    cryptoIds,
  });
  const trends = await loadTrends(db, plan, listing, rows, cryptoIds);
  return assembleFacts(rows, trends, await loadEpisodes(db, plan, cryptoIds));
}

/** The coins that a question names, where it is about no others. */
async function namedIds(db: Queryable, plan: Plan): Promise<readonly number[] | undefined> {
  if (plan.named === null || plan.market || plan.screens.length > 0) return undefined;
  return (await findCoinsBySymbols(db, plan.symbols)).map(coin => coin.cryptoId);
}

async function loadTrends(
  db: Queryable,
  plan: Plan,
  listing: Listing,
  rows: readonly MarketRow[],
  cryptoIds: readonly number[] | undefined,
): Promise<readonly ReadTrend[]> {
  if (plan.named === null && !plan.market && plan.screens.join() === "performance") return [];
  const timeframes =
    plan.named === null ? [...new Set([plan.trendTimeframe, plan.volatilityTimeframe])] : allTimeframes;
  // Only the newest trends are stored: those of the past are worked out again.
  return listing.isPast
    ? await recomputeTrends(db, rows, timeframes)
    : await readTrendsOfTimeframes(db, timeframes, cryptoIds);
}

async function loadEpisodes(
  db: Queryable,
  plan: Plan,
  cryptoIds: readonly number[] | undefined,
): Promise<readonly EpisodeRow[]> {
  const { from, to } = plan.window;
  if (plan.named === null && !plan.market && !plan.screens.includes("signal")) return [];
  const isWindowed = plan.hasWindow && plan.screens.includes("signal");
  const since = isWindowed ? { since: from } : { openOrSince: new Date(to.getTime() - recentSignalsMs) };
  return await listEpisodes(db, { ...since, upTo: to, cryptoIds, limit: mostEpisodes });
}

/** The last prices of coins that a question names and the listing does not have. */
export async function loadAbsent(
  db: Queryable,
  plan: Plan,
  coins: readonly CoinFacts[],
  listing: Listing,
): Promise<readonly AbsentCoin[]> {
  const symbols = absentSymbols(plan, coins);
  if (symbols.length === 0) return [];
  const known = await findCoinsBySymbols(db, symbols);
  return await Promise.all(
    symbols.map(async symbol => {
      const coin = known.find(other => other.symbol.toUpperCase() === symbol.toUpperCase());
      const lastPrice = coin ? await readNewestPrice(db, coin.cryptoId) : null;
      return { symbol, lastPrice: lastPrice && lastPrice.observedAt < listing.observedAt ? lastPrice : null };
    }),
  );
}
