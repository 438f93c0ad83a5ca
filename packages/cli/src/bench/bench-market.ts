import type { HistoryPoint, ListedCoin, Listing, MarketFeed } from "@vibe-charting/simulated-market";

const hourMs = 3_600_000;
const historyHours = 90 * 24;
export const benchCoins = 50;
const startAt = Date.UTC(2026, 2, 1);
const firstAt = startAt - historyHours * hourMs;

/**
 * A market made by formula: 50 coins, 90 days of hourly history, and in each listing another coin whose volume and
 * price leap, so that every listing has alerts.
 */
export function benchMarket(): MarketFeed {
  return {
    source: "demo",
    intervalMs: hourMs,
    firstAt,
    startAt,
    lastAt: null,
    nextAt: at => Math.max(firstAt, (Math.floor(at / hourMs) + 1) * hourMs),
    listingAt,
    historyOf,
  };
}

function listingAt(time: number): Listing {
  const at = Math.floor(time / hourMs) * hourMs;
  return { at, coins: Array.from({ length: benchCoins }, (_, coin) => listedCoin(coin, at)) };
}

function historyOf(slug: string, from: number, to: number): readonly HistoryPoint[] | null {
  const coin = Number(/^bench-(\d+)$/.exec(slug)?.[1] ?? Number.NaN);
  if (!(coin >= 0 && coin < benchCoins)) return null;
  const points: HistoryPoint[] = [];
  for (let at = Math.max(firstAt, Math.ceil(from / hourMs) * hourMs); at <= to; at += hourMs) {
    points.push({ at, ...quoteOf(coin, at) });
  }
  return points;
}

function quoteOf(coin: number, at: number) {
  const hour = (at - startAt) / hourMs;
  const swing = Math.sin(hour / 5 + coin) + Math.sin(hour / 37 + 2 * coin) + Math.sin(hour / 211 + 3 * coin);
  const leaps = hour > 0 && hour % benchCoins === coin;
  const priceUsd = (1_000 / (coin + 1)) * Math.exp(0.02 * swing) * (leaps ? 1.6 : 1);
  return {
    priceUsd,
    volume24hUsd: (1e9 / (coin + 1)) * Math.exp(0.1 * Math.cos(hour / 7 + coin)) * (leaps ? 40 : 1),
    marketCapUsd: priceUsd * 1e6,
  };
}

function listedCoin(coin: number, at: number): ListedCoin {
  return {
    cmcId: coin + 1,
    symbol: `BN${coin}`,
    slug: `bench-${coin}`,
    name: `Bench ${coin}`,
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
