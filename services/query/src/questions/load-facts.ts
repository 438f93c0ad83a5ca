import type { MarketSource, Timeframe } from "@vibe-charting/contracts";
import {
  type EpisodeRow,
  findCoinsBySymbols,
  listEpisodes,
  type MarketMoment,
  type MarketRow,
  type Queryable,
  type ReadTrend,
  readMarketView,
  readNewestPrice,
  readTrendsOfTimeframes,
} from "@vibe-charting/database";
import type { KeptData } from "../kept-data.ts";
import { assembleFacts, type CoinFacts } from "./coin-facts.ts";
import { type AbsentCoin, absentSymbols } from "./coins/named-coins.ts";
import type { Plan } from "./plan.ts";
import { recomputeTrends } from "./recompute-trends.ts";

/** The listing that an answer rests on; `isPast` when there is a newer one. */
export type Listing = {
  readonly observedAt: Date;
  readonly source: MarketSource;
  readonly isPast: boolean;
  /** Before the first listing there are only past prices, loaded later, of the coins that are known today. */
  readonly kind: MarketMoment["kind"];
};

const hourMs = 60 * 60 * 1_000;
const dayMs = 24 * hourMs;
/** How far a window's start may lie from the price that stands for it, at most. */
const longestToleranceMs = 12 * hourMs;
/** Signals that ended this long ago still count where no window is asked for. */
const recentSignalsMs = 7 * dayMs;
/** More episodes than a listing has at once. */
const mostEpisodes = 2_000;

const allTimeframes: readonly Timeframe[] = ["24h", "7d", "30d", "90d"];

/** What a plan needs of the listing's coins. Questions about named coins read those alone. */
export async function loadFacts(
  db: Queryable,
  kept: KeptData,
  plan: Plan,
  listing: Listing,
): Promise<readonly CoinFacts[]> {
  const needs = needsOf(plan);
  const cryptoIds = await namedIds(db, plan);
  if (cryptoIds) return (await readFacts(db, plan, listing, needs, cryptoIds)).coins;
  const key = JSON.stringify([listing.observedAt, plan.window.from, needs]);
  return await kept.market(key, () => readFacts(db, plan, listing, needs, undefined));
}

/** What a plan needs beside prices. */
type Needs = {
  readonly timeframes: readonly Timeframe[];
  /** The signals that count: those that changed since a time, and, where `open` says so, all open ones. */
  readonly signals: { readonly since: Date; readonly open: boolean } | null;
};

function needsOf(plan: Plan): Needs {
  const { from, to } = plan.window;
  const isListOfSignals = plan.screens.includes("signal");
  const needsSignals = plan.named !== null || plan.market || isListOfSignals;
  const needsTrends = needsSignals || plan.screens.some(intent => intent !== "performance");
  const asked = [...new Set([plan.trendTimeframe, plan.volatilityTimeframe])];
  return {
    timeframes: !needsTrends ? [] : plan.named === null ? asked : allTimeframes,
    signals: !needsSignals
      ? null
      : plan.hasWindow && isListOfSignals
        ? { since: from, open: false }
        : { since: new Date(to.getTime() - recentSignalsMs), open: true },
  };
}

async function readFacts(
  db: Queryable,
  plan: Plan,
  listing: Listing,
  needs: Needs,
  cryptoIds: readonly number[] | undefined,
): Promise<{ coins: readonly CoinFacts[]; isComplete: boolean }> {
  const { from, to } = plan.window;
  const rows = await readMarketView(db, {
    moment: { kind: listing.kind, at: listing.observedAt },
    windowStart: from,
    toleranceMs: Math.min((to.getTime() - from.getTime()) / 4, longestToleranceMs),
    cryptoIds,
  });
  const trends = await readTrends(db, needs.timeframes, listing, rows, cryptoIds);
  const episodes = await readEpisodes(db, needs.signals, to, cryptoIds);
  return {
    coins: assembleFacts(rows, trends, episodes),
    isComplete: needs.timeframes.length === 0 || isAnalyzed(rows, trends),
  };
}

/** The coins that a question names, where it is about no others. */
async function namedIds(db: Queryable, plan: Plan): Promise<readonly number[] | undefined> {
  if (plan.named === null || plan.market || plan.screens.length > 0) return undefined;
  return (await findCoinsBySymbols(db, plan.symbols)).map(coin => coin.cryptoId);
}

/** Only the newest trends are stored: those of the past are worked out again. */
async function readTrends(
  db: Queryable,
  timeframes: readonly Timeframe[],
  listing: Listing,
  rows: readonly MarketRow[],
  cryptoIds: readonly number[] | undefined,
): Promise<readonly ReadTrend[]> {
  if (timeframes.length === 0) return [];
  return listing.isPast
    ? await recomputeTrends(db, rows, timeframes)
    : await readTrendsOfTimeframes(db, timeframes, cryptoIds);
}

async function readEpisodes(
  db: Queryable,
  signals: Needs["signals"],
  upTo: Date,
  cryptoIds: readonly number[] | undefined,
): Promise<readonly EpisodeRow[]> {
  if (signals === null) return [];
  const since = signals.open ? { openOrSince: signals.since } : { since: signals.since };
  return await listEpisodes(db, { ...since, upTo, cryptoIds, limit: mostEpisodes });
}

/** Whether the analysis has taken in every price of the listing. */
function isAnalyzed(rows: readonly MarketRow[], trends: readonly ReadTrend[]): boolean {
  const asOf = new Map(trends.map(trend => [trend.cryptoId, trend.asOf.getTime()]));
  return rows.every(row => (asOf.get(row.cryptoId) ?? 0) >= row.observedAt.getTime());
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
