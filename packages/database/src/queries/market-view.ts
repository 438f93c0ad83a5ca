import { CoinKind, TrendType } from "@vibe-charting/contracts";
import { sql } from "slonik";
import { z } from "zod";
import type { Queryable } from "../connect.ts";

export type MarketRow = {
  readonly cryptoId: number;
  readonly cmcId: number;
  readonly symbol: string;
  readonly name: string;
  readonly kind: CoinKind;
  readonly rank: number | null;
  readonly observedAt: Date;
  readonly priceUsd: number;
  readonly volume24hUsd: number | null;
  readonly marketCapUsd: number | null;
  /** The price at the window's start; null where none was observed near it. */
  readonly startPriceUsd: number | null;
};

const MarketRowSchema = z.object({
  crypto_id: z.number(),
  cmc_id: z.number(),
  symbol: z.string(),
  name: z.string(),
  kind: CoinKind,
  rank: z.number().nullable(),
  timestamp: z.date(),
  price: z.number(),
  volume_24h: z.number().nullable(),
  market_cap: z.number().nullable(),
  start_price: z.number().nullable(),
});

/**
 * The coins of a listing with the price that each had at a window's start: the observation nearest to it, at most
 * `toleranceMs` away. Best rank first.
 */
export async function readMarketView(
  db: Queryable,
  snapshotAt: Date,
  windowStart: Date,
  toleranceMs: number,
): Promise<readonly MarketRow[]> {
  const start = sql.fragment`${windowStart.toISOString()}::timestamptz`;
  const tolerance = sql.fragment`make_interval(secs => ${toleranceMs / 1_000})`;
  const rows = await db.any(sql.type(MarketRowSchema)`
    SELECT listed.crypto_id, cmc_id, symbol, name, kind, listed.rank, listed.timestamp, listed.price,
      listed.volume_24h, listed.market_cap, start.price AS start_price
    FROM price_data listed
    JOIN cryptocurrencies coin ON coin.id = listed.crypto_id
    LEFT JOIN LATERAL (
      SELECT price FROM price_data
      WHERE crypto_id = listed.crypto_id
        AND timestamp BETWEEN ${start} - ${tolerance} AND ${start} + ${tolerance}
        AND timestamp < listed.timestamp
      ORDER BY abs(extract(epoch FROM timestamp - ${start})), timestamp LIMIT 1
    ) start ON true
    WHERE listed.snapshot_at = ${snapshotAt.toISOString()}
    ORDER BY listed.rank NULLS LAST, cmc_id
  `);
  return rows.map(row => ({
    cryptoId: row.crypto_id,
    cmcId: row.cmc_id,
    symbol: row.symbol,
    name: row.name,
    kind: row.kind,
    rank: row.rank,
    observedAt: row.timestamp,
    priceUsd: row.price,
    volume24hUsd: row.volume_24h,
    marketCapUsd: row.market_cap,
    startPriceUsd: row.start_price,
  }));
}

const TrendOfCoin = z.object({
  crypto_id: z.number(),
  trend_type: TrendType.nullable(),
  confidence: z.number(),
  volatility: z.number().nullable(),
});
export type TrendOfCoin = {
  readonly type: TrendType | null;
  readonly confidence: number;
  readonly volatility: number | null;
};

/** The newest trend of one timeframe for every coin that has been analysed up to a time. */
export async function readTrendsOfTimeframe(
  db: Queryable,
  timeframe: string,
  analyzedSince: Date,
): Promise<ReadonlyMap<number, TrendOfCoin>> {
  const rows = await db.any(sql.type(TrendOfCoin)`
    SELECT crypto_id, trend_type, confidence, volatility FROM trend_analysis
    WHERE timeframe = ${timeframe}::timeframe_enum AND as_of >= ${analyzedSince.toISOString()}
  `);
  return new Map(
    rows.map(row => [
      row.crypto_id,
      { type: row.trend_type, confidence: row.confidence, volatility: row.volatility },
    ]),
  );
}

const ListingFacts = z.object({ coins: z.number(), previous_at: z.date().nullable() });

/** How many coins a listing had, and when the listing before it was taken. */
export async function readListingFacts(
  db: Queryable,
  snapshotAt: Date,
): Promise<{ coins: number; previousAt: Date | null }> {
  const row = await db.one(sql.type(ListingFacts)`
    SELECT coins, (
      SELECT max(observed_at) FROM market_snapshots
      WHERE origin = 'listing' AND observed_at < ${snapshotAt.toISOString()}
    ) AS previous_at
    FROM market_snapshots WHERE observed_at = ${snapshotAt.toISOString()}
  `);
  return { coins: row.coins, previousAt: row.previous_at };
}

const PageRow = MarketRowSchema.omit({ start_price: true });

/** A page of a listing's coins, best rank first, after the coin that `after` names. */
export async function listListedCoins(
  db: Queryable,
  snapshotAt: Date,
  page: {
    readonly after?: { readonly rank: number; readonly cmcId: number } | undefined;
    readonly limit: number;
  },
): Promise<readonly Omit<MarketRow, "startPriceUsd">[]> {
  const after = page.after
    ? sql.fragment`(listed.rank, cmc_id) > (${page.after.rank}, ${page.after.cmcId})`
    : sql.fragment`true`;
  const rows = await db.any(sql.type(PageRow)`
    SELECT listed.crypto_id, cmc_id, symbol, name, kind, listed.rank, listed.timestamp, listed.price,
      listed.volume_24h, listed.market_cap
    FROM price_data listed JOIN cryptocurrencies coin ON coin.id = listed.crypto_id
    WHERE listed.snapshot_at = ${snapshotAt.toISOString()} AND ${after}
    ORDER BY listed.rank, cmc_id LIMIT ${page.limit}
  `);
  return rows.map(row => ({
    cryptoId: row.crypto_id,
    cmcId: row.cmc_id,
    symbol: row.symbol,
    name: row.name,
    kind: row.kind,
    rank: row.rank,
    observedAt: row.timestamp,
    priceUsd: row.price,
    volume24hUsd: row.volume_24h,
    marketCapUsd: row.market_cap,
  }));
}
