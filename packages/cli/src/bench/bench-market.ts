import type { HistoryPoint, ListedCoin, Listing, MarketFeed } from "@vibe-charting/simulated-market";

const hourMs = 3_600_000;
/** Coins with a history of their own; the others repeat them. */
export const benchCoins = 50;
const startAt = Date.UTC(2026, 2, 1);
/** In the past each coin leaps this often, a coin after the other. */
const hoursBetweenLeaps = 30 * 24;

export type BenchMarket = MarketFeed & {
  /** How many coins the listings have: 50 at first. */
  readonly setCoins: (coins: number) => void;
};

/**
 * A market made by formula: 50 coins, hourly history, and in each listing another one of them whose volume and price
 * leap, so that every listing has alerts. Coins beyond the 50 have the prices of one of them and a smaller market cap.
 */
export function benchMarket({ historyDays }: { historyDays: number }): BenchMarket {
  const firstAt = startAt - historyDays * 24 * hourMs;
  let coins = benchCoins;
  return {
    source: "demo",
    intervalMs: hourMs,
    firstAt,
    startAt,
    lastAt: null,
    nextAt: at => Math.max(firstAt, (Math.floor(at / hourMs) + 1) * hourMs),
    listingAt: time => listingAt(time, coins),
    historyOf: (slug, from, to) => historyOf(slug, Math.max(from, firstAt), to),
    setCoins: number => {
      coins = number;
    },
  };
}

function listingAt(time: number, coins: number): Listing {
  const at = Math.floor(time / hourMs) * hourMs;
  return { at, coins: Array.from({ length: coins }, (_, coin) => listedCoin(coin, at)) };
}

function historyOf(slug: string, from: number, to: number): readonly HistoryPoint[] | null {
  const coin = Array.from({ length: benchCoins }, (_, index) => index).find(
    index => benchCoin(index).slug === slug,
  );
  if (coin === undefined) return null;
  const points: HistoryPoint[] = [];
  for (let at = Math.ceil(from / hourMs) * hourMs; at <= to; at += hourMs) {
    points.push({ at, ...quoteOf(coin, at) });
  }
  return points;
}

function quoteOf(coin: number, at: number) {
  const hour = (at - startAt) / hourMs;
  const pattern = coin % benchCoins;
  const phases = [hour / 5 + pattern, hour / 37 + 2 * pattern, hour / 211 + 3 * pattern];
  const swing = phases.reduce((sum, phase) => sum + Math.sin(phase), 0);
  const leaps =
    hour > 0
      ? hour % benchCoins === pattern
      : -hour % hoursBetweenLeaps === Math.round((pattern * hoursBetweenLeaps) / benchCoins);
  const priceUsd = (1_000 / (pattern + 1)) * Math.exp(0.02 * swing) * (leaps ? 1.6 : 1);
  return {
    priceUsd,
    volume24hUsd: (1e9 / (pattern + 1)) * Math.exp(0.1 * Math.cos(hour / 7 + pattern)) * (leaps ? 40 : 1),
    marketCapUsd: priceUsd * 1e6 * benchCoin(coin).shareOfPattern,
  };
}

const syllables = ["ba", "do", "fi", "ku", "lo", "me", "na", "pi", "ra", "su", "te", "vo", "xi", "ze"];

/** What a coin is called, and its market cap as a share of that of the coin whose prices it has. */
export function benchCoin(coin: number) {
  const symbol = `BN${coin}`;
  if (coin < benchCoins) return { symbol, name: `Bench ${coin}`, slug: `bench-${coin}`, shareOfPattern: 1 };
  // Words of their own, as a real market's names are: the search for names must not profit from a common one.
  let name = "";
  for (let rest = coin; rest > 0; rest = Math.floor(rest / syllables.length)) {
    name += syllables[rest % syllables.length];
  }
  return { symbol, name, slug: name, shareOfPattern: 1 / (1 + Math.floor(coin / benchCoins)) };
}

function nameOf(coin: number) {
  const { symbol, name, slug } = benchCoin(coin);
  return { symbol, name, slug };
}

function listedCoin(coin: number, at: number): ListedCoin {
  return {
    cmcId: coin + 1,
    ...nameOf(coin),
    rank: coin + 1,
    tags: [],
    ...quoteOf(coin, at),
    circulatingSupply: 1e6,
    percentChange1h: 0,
    percentChange24h: 0,
    percentChange7d: 0,
    percentChange30d: 0,
    percentChange60d: 0,
    percentChange90d: 0,
  };
}
