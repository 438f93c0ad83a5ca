import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { dayMs, hourMs, type ListedCoin, type Listing } from "../market-feed.ts";
import { demoCoins } from "./demo-coins.ts";
import { demoMarket } from "./demo-market.ts";

const start = Date.UTC(2026, 0, 15, 7, 42);
const startAt = Date.UTC(2026, 0, 15, 7);

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function coinOf(listing: Listing, slug: string): ListedCoin {
  const coin = listing.coins.find(candidate => candidate.slug === slug);
  if (coin === undefined) throw new Error(`${slug} is not listed`);
  return coin;
}

test("the market has 90 days of hourly history before its start, and no end", () => {
  const { source, intervalMs, firstAt, startAt: opensAt, lastAt } = demoMarket({ seed: 1, start });
  expect({ source, intervalMs, firstAt, startAt: opensAt, lastAt }).toEqual({
    source: "demo",
    intervalMs: hourMs,
    firstAt: startAt - 90 * dayMs,
    startAt,
    lastAt: null,
  });
});

test("the next observation is the next full hour", () => {
  const market = demoMarket({ seed: 1, start });
  expect([market.firstAt - dayMs, startAt - 1, startAt, startAt + 1].map(at => market.nextAt(at))).toEqual([
    market.firstAt,
    startAt,
    startAt + hourMs,
    startAt + hourMs,
  ]);
});

test("the same seed gives the same listings, in whatever order they are asked for", () => {
  const inOrder = demoMarket({ seed: 5, start });
  const listings = new Map<number, Listing>();
  for (let hour = 0; hour <= 60; hour++) {
    const at = startAt + hour * hourMs;
    listings.set(at, inOrder.listingAt(at));
  }
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 60 }), { minLength: 1, maxLength: 5 }), hours => {
      const market = demoMarket({ seed: 5, start });
      for (const hour of hours) {
        const at = startAt + hour * hourMs;
        expect(market.listingAt(at)).toEqual(listings.get(at));
      }
    }),
    { numRuns: 5 },
  );
});

test("an hour that is no longer kept in memory is the same when it is asked for again", () => {
  const market = demoMarket({ seed: 5, start });
  const before = market.listingAt(startAt);
  market.listingAt(startAt + 500 * dayMs);
  expect(market.listingAt(startAt)).toEqual(before);
});

test("another seed gives other prices", () => {
  const [one, two] = [1, 2].map(
    seed => coinOf(demoMarket({ seed, start }).listingAt(start), "bitcoin").priceUsd,
  );
  expect(one).not.toBe(two);
});

test("each coin has an id and a slug of its own, and two coins share a symbol", () => {
  expect(new Set(demoCoins.map(coin => coin.cmcId)).size).toBe(demoCoins.length);
  expect(new Set(demoCoins.map(coin => coin.slug)).size).toBe(demoCoins.length);
  const symbols = demoCoins.map(coin => coin.symbol);
  expect(symbols.filter((symbol, index) => symbols.indexOf(symbol) !== index)).toEqual(["HALO"]);
});

test("a listing holds every coin, ranked by market cap", () => {
  const { at, coins } = demoMarket({ seed: 3, start }).listingAt(start);
  expect(at).toBe(startAt);
  expect(coins.map(coin => coin.rank)).toEqual(demoCoins.map((_, index) => index + 1));
  const caps = coins.map(coin => coin.marketCapUsd ?? Number.NaN);
  expect(caps).toEqual([...caps].sort((a, b) => b - a));
  expect(caps).toEqual(coins.map(coin => coin.priceUsd * (coin.circulatingSupply ?? Number.NaN)));
});

test("the changes in per cent are those of the history", () => {
  const market = demoMarket({ seed: 3, start });
  const coin = coinOf(market.listingAt(start), "ethereum");
  const changeSince = (hours: number): number => {
    const [before] = market.historyOf("ethereum", startAt - hours * hourMs, startAt - hours * hourMs) ?? [];
    return (coin.priceUsd / (before?.priceUsd ?? Number.NaN) - 1) * 100;
  };
  expect([
    coin.percentChange1h,
    coin.percentChange24h,
    coin.percentChange7d,
    coin.percentChange30d,
    coin.percentChange60d,
    coin.percentChange90d,
  ]).toEqual([1, 24, 7 * 24, 30 * 24, 60 * 24, 90 * 24].map(changeSince));
});

test("a change that reaches back before the first observation is unknown", () => {
  const market = demoMarket({ seed: 3, start });
  const coin = coinOf(market.listingAt(market.firstAt + hourMs), "ethereum");
  expect(coin.percentChange1h).toEqual(expect.any(Number));
  expect(coin.percentChange24h).toBeNull();
});

test("the history has every hour of the stretch that the market has, and what the listings said", () => {
  const market = demoMarket({ seed: 3, start });
  const points = market.historyOf("solana", market.firstAt - dayMs, startAt) ?? [];
  expect(points.map(point => point.at)).toEqual(
    Array.from({ length: 90 * 24 + 1 }, (_, hour) => market.firstAt + hour * hourMs),
  );
  const { priceUsd, volume24hUsd, marketCapUsd } = coinOf(market.listingAt(start), "solana");
  expect(points.at(-1)).toEqual({ at: startAt, priceUsd, volume24hUsd, marketCapUsd });
});

test("there is no history of a coin that the market does not have", () => {
  expect(demoMarket({ seed: 3, start }).historyOf("no-such-coin", startAt, startAt)).toBeNull();
});

test("a time before the history is refused", () => {
  const market = demoMarket({ seed: 3, start });
  expect(() => market.listingAt(market.firstAt - 1)).toThrow(RangeError);
});

test("stablecoins stay at their peg and the wrapped coin with the coin that it wraps", () => {
  const market = demoMarket({ seed: 4, start });
  for (let at = startAt - 20 * dayMs; at <= startAt; at += 6 * hourMs) {
    const listing = market.listingAt(at);
    const wrapped = coinOf(listing, "wrapped-bitcoin").priceUsd / coinOf(listing, "bitcoin").priceUsd;
    for (const ratio of [coinOf(listing, "tether").priceUsd, coinOf(listing, "usd-coin").priceUsd, wrapped]) {
      expect(Math.abs(ratio - 1)).toBeLessThan(0.003);
    }
  }
});

test("over two years no price leaves a twentieth to twenty times its reference", () => {
  const market = demoMarket({ seed: 11, start });
  for (let at = market.firstAt; at <= startAt + 730 * dayMs; at += 5 * dayMs) {
    for (const coin of market.listingAt(at).coins) {
      const reference = demoCoins.find(candidate => candidate.cmcId === coin.cmcId)?.referencePriceUsd ?? 0;
      expect(Math.abs(Math.log(coin.priceUsd / reference))).toBeLessThan(Math.log(20));
    }
  }
});

describe("volatility", () => {
  const market = demoMarket({ seed: 6, start });
  const sizesOf = (slug: string): number[] => {
    const points = market.historyOf(slug, market.firstAt, startAt) ?? [];
    return points
      .slice(1)
      .map((point, index) => Math.abs(Math.log(point.priceUsd / (points[index]?.priceUsd ?? 0))));
  };

  test("of a wild coin is more than twice that of a calm one", () => {
    expect(mean(sizesOf("pepe")) / mean(sizesOf("bitcoin"))).toBeGreaterThan(2);
  });

  test("clusters: the size of an hour's move tells something of the sizes of the next 24", () => {
    const sizes = sizesOf("pepe");
    const average = mean(sizes);
    const deviations = sizes.map(size => size - average);
    const variance = mean(deviations.map(deviation => deviation ** 2));
    const correlations = Array.from({ length: 24 }, (_, index) => {
      const later = deviations.slice(index + 1);
      return mean(later.map((deviation, hour) => deviation * (deviations[hour] ?? 0))) / variance;
    });
    expect(mean(correlations)).toBeGreaterThan(0.05);
  });
});

test("90 days of the whole market take well under a second of processor time", () => {
  const before = process.cpuUsage();
  demoMarket({ seed: 8, start }).listingAt(start);
  const { user, system } = process.cpuUsage(before);
  expect((user + system) / 1_000).toBeLessThan(1_000);
});
