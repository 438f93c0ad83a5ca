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
import type { KeptData, KeptWindow } from "../kept-data.ts";
import { assembleFacts, type CoinFacts, type FactsParts } from "./coin-facts.ts";
import { type AbsentCoin, absentSymbols } from "./coins/named-coins.ts";
import { isClosed } from "./list/describe-item.ts";
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
/** More episodes than ten thousand coins have in a quarter of a year. */
const mostEpisodes = 100_000;

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
  if (cryptoIds) return await readFacts(db, plan, listing, needs, cryptoIds);
  const key = JSON.stringify([plan.window, needs]);
  return listing.isPast
    ? await kept.pastMarket(`${listing.observedAt.toISOString()} ${key}`, () =>
        readFacts(db, plan, listing, needs, undefined),
      )
    : await keptFacts(db, kept, plan, listing, needs, key);
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

/** The newest listing from what is kept. */
async function keptFacts(
  db: Queryable,
  kept: KeptData,
  plan: Plan,
  listing: Listing,
  { timeframes, signals }: Needs,
  key: string,
): Promise<readonly CoinFacts[]> {
  const { to } = plan.window;
  const window = await kept.window(listing.observedAt, startOf(plan));
  const trends = await Promise.all(timeframes.map(kept.trends));
  const isNow = to.getTime() === listing.observedAt.getTime();
  const present = signals && isNow ? await kept.episodes(listing.observedAt, signals.since) : null;
  const parts = partsOf(window, trends);
  if (signals && !present) {
    const episodes = Map.groupBy(await readEpisodes(db, signals, to, undefined), row => row.crypto_id);
    return assembleFacts({ ...parts, episodesOf: id => episodes.get(id) ?? [] });
  }
  const episodesOf = (id: number) =>
    present?.get(id)?.filter(episode => counts(episode, signals, to)) ?? noEpisodes;
  return kept.assembled(key, [window, present, ...trends], () => assembleFacts({ ...parts, episodesOf }));
}

const noEpisodes: readonly EpisodeRow[] = [];

function partsOf(
  { coins, startPrices }: KeptWindow,
  trends: readonly ReadonlyMap<number, ReadTrend>[],
): Omit<FactsParts, "episodesOf"> {
  return {
    rows: coins,
    startPriceOf: id => startPrices.get(id),
    trendsOf: id => trends.map(ofTimeframe => ofTimeframe.get(id)).filter(trend => trend !== undefined),
  };
}

/** Whether an episode is one of those that a question asks for. */
function counts(episode: EpisodeRow, signals: Needs["signals"], upTo: Date): boolean {
  if (signals === null || episode.detected_at > upTo) return false;
  return episode.detected_at >= signals.since || (signals.open && !isClosed(episode));
}

async function readFacts(
  db: Queryable,
  plan: Plan,
  listing: Listing,
  needs: Needs,
  cryptoIds: readonly number[] | undefined,
): Promise<readonly CoinFacts[]> {
  const rows = await readMarketView(db, {
    moment: { kind: listing.kind, at: listing.observedAt },
    ...startOf(plan),
    cryptoIds,
  });
  const starts = new Map(
    rows.flatMap(({ cryptoId, startPriceUsd: priceUsd, isStartQuoted: isQuoted }) =>
      priceUsd === null ? [] : [[cryptoId, { priceUsd, isQuoted }] as const],
    ),
  );
  const trends = Map.groupBy(
    await readTrends(db, needs.timeframes, listing, rows, cryptoIds),
    trend => trend.cryptoId,
  );
  const episodes = Map.groupBy(
    await readEpisodes(db, needs.signals, plan.window.to, cryptoIds),
    episode => episode.crypto_id,
  );
  return assembleFacts({
    rows,
    startPriceOf: id => starts.get(id),
    trendsOf: id => trends.get(id) ?? [],
    episodesOf: id => episodes.get(id) ?? [],
  });
}

/** Which price stands for a window's start. */
function startOf({ window: { from, to } }: Plan): { windowStart: Date; toleranceMs: number } {
  return {
    windowStart: from,
    toleranceMs: Math.min((to.getTime() - from.getTime()) / 4, longestToleranceMs),
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
