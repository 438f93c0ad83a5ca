import type { Timeframe } from "@vibe-charting/contracts";
import {
  type CoinName,
  type DataMarks,
  type ListedCoinRow,
  listCoinNames,
  type Queryable,
  type ReadTrend,
  readDataMarks,
  readPastChanges,
  type SeenChanges,
} from "@vibe-charting/database";
import { buildCoinLexicon, type CoinLexicon } from "@vibe-charting/language";
import { type EpisodesByCoin, episodeFollower } from "./kept/follow-episodes.ts";
import {
  type AnalysisTimes,
  analysisTimeFollower,
  type TrendsOfTimeframe,
  trendFollower,
} from "./kept/follow-trends.ts";
import {
  findStartPrices,
  loadListing,
  loadPricesNear,
  type PriceWindow,
  type StartPrice,
} from "./kept/load-listing.ts";
import type { CoinFacts } from "./questions/coin-facts.ts";
import { countNamesakes } from "./questions/count-namesakes.ts";
import type { Explanations } from "./questions/signals/explanations.ts";

export type KnownCoins = {
  /** Every known coin, best rank first. */
  readonly names: readonly CoinName[];
  readonly byId: ReadonlyMap<number, CoinName>;
  /** The coins that questions can be about. */
  readonly lexicon: CoinLexicon;
};

export type KeptListing = {
  /** Best rank first. */
  readonly coins: readonly ListedCoinRow[];
  /** How many other coins of the listing bear the same symbol, by the ids of the coins that have such. */
  readonly namesakes: ReadonlyMap<number, number>;
};

/** A listing, and what the prices of its coins were at a window's start. */
export type KeptWindow = KeptListing & { readonly startPrices: ReadonlyMap<number, StartPrice> };

/** What one request may use of what earlier ones read. */
export type KeptData = {
  readonly knownCoins: () => Promise<KnownCoins>;
  readonly listing: (observedAt: Date) => Promise<KeptListing>;
  /** A listing with the prices at a window's start. */
  readonly window: (observedAt: Date, start: PriceWindow) => Promise<KeptWindow>;
  /** The same of a listing that is not the newest, which is kept until past prices come in. */
  readonly pastWindow: (observedAt: Date, start: PriceWindow) => Promise<KeptWindow>;
  /** The newest trends, as they are now. */
  readonly trends: (timeframe: Timeframe) => Promise<TrendsOfTimeframe>;
  /** What the coins' newest trends are of, for whoever needs to know no more than that. */
  readonly analysisTimes: (timeframe: Timeframe) => Promise<AnalysisTimes>;
  /** The episodes as they are now, at least those that are open or changed at `since` or later; null where it lies too far back. */
  readonly episodes: (observedAt: Date, since: Date) => Promise<EpisodesByCoin | null>;
  /** What `assemble` makes of parts, which is kept under a key for as long as they are the very same. */
  readonly assembled: (
    key: string,
    parts: readonly unknown[],
    assemble: () => readonly CoinFacts[],
  ) => readonly CoinFacts[];
  /** The market of a past time under a key, or what `load` gives: kept until past prices, or signals of then, come in. */
  readonly pastMarket: (
    key: string,
    at: Date,
    load: () => Promise<readonly CoinFacts[]>,
  ) => Promise<readonly CoinFacts[]>;
  /** Trends of the past under a key, or what `load` gives, which is kept until past prices come in. */
  readonly pastTrends: (
    key: string,
    load: () => Promise<readonly ReadTrend[]>,
  ) => Promise<readonly ReadTrend[]>;
  /** How coins stand to the detectors under a key, or what `load` gives, which is kept until data comes in. */
  readonly explanations: (key: string, load: () => Promise<Explanations>) => Promise<Explanations>;
};
export type OpenKeptData = (db: Queryable) => Promise<KeptData>;

/** Of each kind: the usual windows, or what the usual questions ask of them. Each holds the whole market. */
const mostKept = 8;
const dayMs = 24 * 60 * 60 * 1_000;
/**
 * How far back episodes are followed: as far as the usual questions look, and as far as the longest do. Those further
 * back are asked for seldom, and are read anew each time.
 */
const episodesKeptMs = [8 * dayMs, 100 * dayMs] as const;

/**
 * Keeps what stays the same between requests: a large market takes longer to read than to search. A new listing is
 * read once; of trends and signals, which change coin by coin while it is analysed, only the changes are.
 */
export function dataKeeper(): OpenKeptData {
  let known: { readonly mark: string; readonly coins: KnownCoins } | undefined;
  let prices = { mark: "", ...emptyPrices() };
  let past = { mark: "", ...emptyPast() };
  let data = emptyData("");
  const trends = new Map<Timeframe, (db: Queryable) => Promise<TrendsOfTimeframe>>();
  const analysisTimes = new Map<Timeframe, (db: Queryable) => Promise<AnalysisTimes>>();
  const episodes = new Map<
    number,
    { readonly horizon: Date; readonly follow: (db: Queryable) => Promise<EpisodesByCoin> }
  >();
  const assembled = new Map<
    string,
    { readonly parts: readonly unknown[]; readonly coins: readonly CoinFacts[] }
  >();

  const knownCoins = async (db: Queryable, mark: string): Promise<KnownCoins> => {
    if (known?.mark !== mark) known = { mark, coins: await loadKnownCoins(db) };
    return known.coins;
  };

  /** A coin that was added after the mark was read is found at the second try. */
  const listing = async (db: Queryable, mark: string, observedAt: Date): Promise<KeptListing> => {
    const coins =
      (await loadListing(db, observedAt, (await knownCoins(db, mark)).byId)) ??
      (await loadListing(db, observedAt, (await loadKnownCoins(db)).byId));
    if (!coins) throw new Error(`The listing of ${observedAt.toISOString()} has coins that no table has`);
    return { coins, namesakes: countNamesakes(coins) };
  };

  return async db => {
    const marks: DataMarks = await readDataMarks(db);
    if (data.mark !== marks.runs) data = emptyData(marks.runs);
    const pricesMark = `${marks.coins} ${marks.prices}`;
    if (prices.mark !== pricesMark) prices = { mark: pricesMark, ...emptyPrices() };
    const pastMark = `${marks.coins} ${marks.past}`;
    if (past.mark !== pastMark) past = { mark: pastMark, ...emptyPast() };
    // What this request reads is kept with what was there when it began, though data comes in meanwhile.
    const { explanations } = data;
    const { markets: pastMarkets, trends: pastTrends } = past;
    const pricesFrom = ({ listings, windows }: KeptPrices) => {
      const keptListing = (observedAt: Date) =>
        keptOr(listings, observedAt.toISOString(), () => listing(db, marks.coins, observedAt));
      const window = (observedAt: Date, start: PriceWindow) => {
        const key = `${observedAt.toISOString()} ${start.windowStart.toISOString()} ${start.toleranceMs}`;
        return keptOr(windows, key, async () => {
          const [listed, near] = await Promise.all([keptListing(observedAt), loadPricesNear(db, start)]);
          const about = { observedAt, coins: listed.coins };
          return { ...listed, startPrices: await findStartPrices(db, about, start, near) };
        });
      };
      return { listing: keptListing, window };
    };
    return {
      knownCoins: () => knownCoins(db, marks.coins),
      ...pricesFrom(prices),
      pastWindow: pricesFrom(past).window,
      trends: async timeframe => {
        const follow = trends.get(timeframe) ?? trendFollower(timeframe);
        trends.set(timeframe, follow);
        return await follow(db);
      },
      analysisTimes: async timeframe => {
        const follow = analysisTimes.get(timeframe) ?? analysisTimeFollower(timeframe);
        analysisTimes.set(timeframe, follow);
        return await follow(db);
      },
      episodes: async (observedAt, since) => {
        const reachMs = episodesKeptMs.find(ms => observedAt.getTime() - ms <= since.getTime());
        if (reachMs === undefined) return null;
        const horizon = new Date(observedAt.getTime() - reachMs);
        const followed = episodes.get(reachMs) ?? { horizon, follow: episodeFollower(horizon) };
        episodes.set(reachMs, followed);
        return since < followed.horizon ? null : await followed.follow(db);
      },
      assembled: (key, parts, assemble) => {
        const kept = assembled.get(key);
        if (kept?.parts.every((part, index) => part === parts[index])) return kept.coins;
        const coins = assemble();
        keep(assembled, key, { parts, coins });
        return coins;
      },
      pastMarket: async (key, at, load) => {
        const kept = pastMarkets.get(key);
        if (kept?.runs === marks.runs) return kept.coins;
        const { changed, seen } = await readPastChanges(db, at, kept?.seen ?? null);
        const coins = kept && !changed ? kept.coins : await load();
        keep(pastMarkets, key, { coins, seen, runs: marks.runs });
        return coins;
      },
      pastTrends: (key, load) => keptOr(pastTrends, key, load),
      explanations: (key, load) => keptOr(explanations, key, load),
    };
  };
}

async function loadKnownCoins(db: Queryable): Promise<KnownCoins> {
  const names = await listCoinNames(db);
  return {
    names,
    byId: new Map(names.map(coin => [coin.id, coin])),
    lexicon: buildCoinLexicon(namesBySymbol(names)),
  };
}

type KeptPrices = {
  readonly listings: Map<string, KeptListing>;
  readonly windows: Map<string, KeptWindow>;
};

function emptyPrices(): KeptPrices {
  return { listings: new Map(), windows: new Map() };
}

/** A market of the past, and up to where changes of signals were seen when it was last held to be true. */
type PastMarket = { readonly coins: readonly CoinFacts[]; readonly seen: SeenChanges; readonly runs: string };

function emptyPast() {
  return {
    ...emptyPrices(),
    trends: new Map<string, readonly ReadTrend[]>(),
    markets: new Map<string, PastMarket>(),
  };
}

function emptyData(mark: string) {
  return {
    mark,
    explanations: new Map<string, Explanations>(),
  };
}

async function keptOr<Value>(
  values: Map<string, Value>,
  key: string,
  load: () => Promise<Value>,
): Promise<Value> {
  const kept = values.get(key);
  if (kept !== undefined) return kept;
  const value = await load();
  keep(values, key, value);
  return value;
}

/** Keeps a value in the place of the oldest one, where there are too many. */
function keep<Value>(values: Map<string, Value>, key: string, value: Value): void {
  const [oldest] = values.keys();
  if (values.size >= mostKept && oldest !== undefined && !values.has(key)) values.delete(oldest);
  values.set(key, value);
}

/** Names by symbol. Of coins that share a symbol only the best-ranked one gives its names: the symbol means it. */
export function namesBySymbol(
  coins: readonly { readonly symbol: string; readonly name: string; readonly slug: string }[],
): Readonly<Record<string, readonly string[]>> {
  const names = new Map<string, readonly string[]>();
  for (const { symbol, name, slug } of coins) {
    const ticker = symbol.toUpperCase();
    if (!names.has(ticker)) names.set(ticker, [...new Set([name, slug.replaceAll("-", " ")])]);
  }
  return Object.fromEntries(names);
}
