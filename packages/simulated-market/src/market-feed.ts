import type { MarketSource } from "@vibe-charting/contracts";

export const hourMs = 3_600_000;
export const dayMs = 24 * hourMs;

/** One coin as a listing shows it; the fields are those of CoinMarketCap's listing that the product reads. */
export type ListedCoin = {
  readonly cmcId: number;
  readonly symbol: string;
  readonly slug: string;
  readonly name: string;
  /** 1 for the largest market cap. */
  readonly rank: number;
  /** CoinMarketCap's tags, such as "stablecoin", "wrapped-tokens" or "memes". */
  readonly tags: readonly string[];
  readonly priceUsd: number;
  readonly volume24hUsd: number | null;
  readonly marketCapUsd: number | null;
  readonly circulatingSupply: number | null;
  /** Per cent; null where the market does not reach that far back. */
  readonly percentChange1h: number | null;
  readonly percentChange24h: number | null;
  readonly percentChange7d: number | null;
  readonly percentChange30d: number | null;
  readonly percentChange60d: number | null;
  readonly percentChange90d: number | null;
};

export type Listing = {
  /** Observation time, milliseconds since the epoch, UTC. */
  readonly at: number;
  /** By rank, ascending. */
  readonly coins: readonly ListedCoin[];
};

export type HistoryPoint = {
  readonly at: number;
  readonly priceUsd: number;
  readonly volume24hUsd: number | null;
  readonly marketCapUsd: number | null;
};

/** A market that can be looked at as of any of its observation times; the same times always give the same values. */
export type MarketFeed = {
  readonly source: Exclude<MarketSource, "coinmarketcap">;
  readonly intervalMs: number;
  /** The first observation. Those before `startAt` are history, to be loaded at once. */
  readonly firstAt: number;
  /** The observation at which the market opens for listings. */
  readonly startAt: number;
  /** The last observation; null for an endless market. */
  readonly lastAt: number | null;
  /** The first observation time after `at`; null when there is none. */
  nextAt(at: number): number | null;
  /** The newest listing at or before `at`. Throws a RangeError before `firstAt`. */
  listingAt(at: number): Listing;
  /** A coin's observations from `from` to `to`, both included, ascending; null for a slug that the market does not have. */
  historyOf(slug: string, from: number, to: number): readonly HistoryPoint[] | null;
};
