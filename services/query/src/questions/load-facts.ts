import type { MarketSource } from "@vibe-charting/contracts";
import {
  type EpisodeRow,
  findCoinsBySymbols,
  listEpisodes,
  type MarketMoment,
  type Queryable,
  type ReadTrend,
  readMarketView,
  readNewestPrice,
  readTrendsOfTimeframes,
} from "@vibe-charting/database";
import type { EpisodesByCoin } from "../kept/follow-episodes.ts";
import type { KeptData, KeptWindow } from "../kept-data.ts";
import { assembleFacts, type CoinFacts, type FactsParts } from "./coin-facts.ts";
import { type AbsentCoin, absentSymbols } from "./coins/named-coins.ts";
import { countNamesakes } from "./count-namesakes.ts";
import { isClosed } from "./list/describe-item.ts";
import { isInScope } from "./list/scope.ts";
import { type Needs, needsOf, startOf } from "./needs.ts";
import type { Plan } from "./plan.ts";
import { mostRecomputed, recomputeTrends } from "./recompute-trends.ts";

/** The listing that an answer rests on; `isPast` when there is a newer one. */
export type Listing = {
  readonly observedAt: Date;
  readonly source: MarketSource;
  readonly isPast: boolean;
  /** Before the first listing there are only past prices, loaded later, of the coins that are known today. */
  readonly kind: MarketMoment["kind"];
};

/** More episodes than ten thousand coins have in a quarter of a year. */
const mostEpisodes = 100_000;

/** What a plan needs of the listing's coins. Questions about named coins read those alone. */
export async function loadFacts(
  db: Queryable,
  kept: KeptData,
  plan: Plan,
  listing: Listing,
): Promise<readonly CoinFacts[]> {
  const needs = needsOf(plan, listing.isPast);
  const cryptoIds = await namedIds(db, plan);
  if (cryptoIds) return await namedFacts(db, plan, listing, needs, cryptoIds);
  return listing.isPast
    ? await pastFacts(db, kept, plan, listing, needs)
    : await keptFacts(db, kept, plan, listing, needs);
}

/** The newest listing from what is kept. */
async function keptFacts(
  db: Queryable,
  kept: KeptData,
  plan: Plan,
  listing: Listing,
  needs: Needs,
): Promise<readonly CoinFacts[]> {
  const { timeframes, analysis, signals } = needs;
  const { to } = plan.window;
  const isNow = to.getTime() === listing.observedAt.getTime();
  const [window, present, times, ...ofTimeframes] = await Promise.all([
    kept.window(listing.observedAt, startOf(plan)),
    signals && isNow ? kept.episodes(listing.observedAt, signals.since) : null,
    analysis && kept.analysisTimes(analysis),
    ...timeframes.map(kept.trends),
  ]);
  const parts = {
    rows: window.coins,
    namesakes: window.namesakes,
    starts: window.startPrices,
    trends: Object.fromEntries(timeframes.map((timeframe, index) => [timeframe, ofTimeframes[index]])),
    analysis: analysis && times ? { timeframe: analysis, times } : undefined,
    isPast: false,
  };
  const key = JSON.stringify([plan.window, needs]);
  if (signals && !present) {
    return assembleFacts({ ...parts, episodes: await readEpisodes(db, signals, to, undefined) });
  }
  return kept.assembled(key, [window, present, times, ...ofTimeframes], () =>
    assembleFacts({ ...parts, episodes: signals && present ? thatCount(present, signals, to) : new Map() }),
  );
}

/** The episodes that a question asks for. */
function thatCount(
  byCoin: EpisodesByCoin,
  signals: NonNullable<Needs["signals"]>,
  upTo: Date,
): EpisodesByCoin {
  const [since, until] = [signals.since.getTime(), upTo.getTime()];
  const counts = (episode: EpisodeRow) => {
    const at = episode.detected_at.getTime();
    return at <= until && (at >= since || (signals.open && !isClosed(episode)));
  };
  const counting = new Map<number, readonly EpisodeRow[]>();
  for (const [cryptoId, episodes] of byCoin) {
    // Mostly all of them do.
    const found = episodes.every(counts) ? episodes : episodes.filter(counts);
    if (found.length > 0) counting.set(cryptoId, found);
  }
  return counting;
}

/** A past market. Only the newest trends are stored: those of then are worked out again, of the coins asked about. */
async function pastFacts(
  db: Queryable,
  kept: KeptData,
  plan: Plan,
  listing: Listing,
  needs: Needs,
): Promise<readonly CoinFacts[]> {
  const { timeframes, signals } = needs;
  const scope = [plan.maxRank, plan.minMarketCap, plan.excludeSymbols];
  const moment = [listing.kind, listing.observedAt];
  const key = JSON.stringify([moment, plan.window, needs, scope]);
  return await kept.pastMarket(key, plan.window.to, async () => {
    const window =
      listing.kind === "listing"
        ? await kept.pastWindow(listing.observedAt, startOf(plan))
        : await viewWindow(db, plan, listing);
    const asked = window.coins.filter(coin => isInScope(coin, plan)).slice(0, mostRecomputed);
    const trends =
      timeframes.length === 0
        ? []
        : await kept.pastTrends(JSON.stringify([moment, scope]), () => recomputeTrends(db, asked));
    return assembleFacts({
      rows: window.coins,
      namesakes: window.namesakes,
      starts: window.startPrices,
      trends: byTimeframe(trends),
      episodes: await readEpisodes(db, signals, plan.window.to, undefined),
      isPast: true,
    });
  });
}

async function namedFacts(
  db: Queryable,
  plan: Plan,
  { observedAt, kind, isPast }: Listing,
  { timeframes, signals }: Needs,
  cryptoIds: readonly number[],
): Promise<readonly CoinFacts[]> {
  const { coins, namesakes, startPrices } = await viewWindow(db, plan, { observedAt, kind }, cryptoIds);
  const trends = isPast
    ? await recomputeTrends(db, coins)
    : await readTrendsOfTimeframes(db, timeframes, cryptoIds);
  return assembleFacts({
    rows: coins,
    namesakes,
    starts: startPrices,
    trends: byTimeframe(trends),
    episodes: await readEpisodes(db, signals, plan.window.to, cryptoIds),
    isPast,
  });
}

/** Coins of a moment with their prices at the window's start, each looked up by itself. */
async function viewWindow(
  db: Queryable,
  plan: Plan,
  { observedAt, kind }: Pick<Listing, "observedAt" | "kind">,
  cryptoIds?: readonly number[],
): Promise<KeptWindow> {
  const coins = await readMarketView(db, { moment: { kind, at: observedAt }, ...startOf(plan), cryptoIds });
  const startPrices = new Map(
    coins.flatMap(({ cryptoId, startPriceUsd: priceUsd, isStartQuoted: isQuoted }) =>
      priceUsd === null ? [] : [[cryptoId, { priceUsd, isQuoted }] as const],
    ),
  );
  return { coins, namesakes: countNamesakes(coins), startPrices };
}

function byTimeframe(trends: readonly ReadTrend[]): FactsParts["trends"] {
  return Object.fromEntries(
    [...Map.groupBy(trends, ({ timeframe }) => timeframe)].map(([timeframe, ofTimeframe]) => [
      timeframe,
      new Map(ofTimeframe.map(trend => [trend.cryptoId, trend])),
    ]),
  );
}

/** The coins that a question names, where it is about no others. */
async function namedIds(db: Queryable, plan: Plan): Promise<readonly number[] | undefined> {
  if (plan.named === null || plan.market || plan.screens.length > 0) return undefined;
  return (await findCoinsBySymbols(db, plan.symbols)).map(coin => coin.cryptoId);
}

/** Episodes in their present state at a time, of some coins or all. */
export async function readEpisodes(
  db: Queryable,
  signals: Needs["signals"],
  upTo: Date,
  cryptoIds: readonly number[] | undefined,
): Promise<EpisodesByCoin> {
  if (signals === null) return new Map();
  const since = signals.open ? { openOrSince: signals.since } : { since: signals.since };
  const episodes = await listEpisodes(db, { ...since, upTo, cryptoIds, limit: mostEpisodes });
  return Map.groupBy(episodes, episode => episode.crypto_id);
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
