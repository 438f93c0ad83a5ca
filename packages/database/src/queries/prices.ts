import { sql } from "slonik";
import { z } from "zod";
import type { Queryable } from "../connect.ts";
import { orNull, PackedBytes, packRows, unpackRows } from "./packed-rows.ts";

export type PriceRow = {
  readonly cryptoId: number;
  readonly observedAt: Date;
  readonly priceUsd: number;
  readonly volume24hUsd: number | null;
  readonly marketCapUsd: number | null;
  /** Rank in the listing; null for past prices. */
  readonly rank: number | null;
};

/** Creates the partitions that prices between two times go to. */
export async function ensurePricePartitions(db: Queryable, first: Date, last: Date): Promise<void> {
  await db.query(sql.unsafe`
    SELECT ensure_price_partitions(${first.toISOString()}::timestamptz, ${last.toISOString()}::timestamptz)
  `);
}

/**
 * Adds prices, each once: a price that is there already stays as it is, but a past price that a listing has too
 * becomes the listing's. Gives, for each price
 * that was new, the id of its coin. `snapshotAt` is the listing that they came with; null for past prices.
 */
export async function insertPrices(
  db: Queryable,
  prices: readonly PriceRow[],
  snapshotAt: Date | null,
): Promise<readonly number[]> {
  return await db.anyFirst(sql.type(z.object({ crypto_id: z.number() }))`
    INSERT INTO price_data (crypto_id, timestamp, price, volume_24h, market_cap, rank, snapshot_at)
    SELECT crypto_id, timestamp, price, volume_24h, market_cap, rank, ${snapshotAt?.toISOString() ?? null}::timestamptz
    FROM ${sql.unnest(
      prices.map(({ cryptoId, observedAt, priceUsd, volume24hUsd, marketCapUsd, rank }) => [
        cryptoId,
        observedAt.toISOString(),
        priceUsd,
        volume24hUsd,
        marketCapUsd,
        rank,
      ]),
      ["int8", "timestamptz", "float8", "float8", "float8", "int4"],
    )} AS observed (crypto_id, timestamp, price, volume_24h, market_cap, rank)
    ON CONFLICT (crypto_id, timestamp) DO UPDATE SET rank = excluded.rank, snapshot_at = excluded.snapshot_at
    WHERE price_data.snapshot_at IS NULL AND excluded.snapshot_at IS NOT NULL
    RETURNING crypto_id
  `);
}

export type PriceSeries = {
  /** Milliseconds since the epoch, ascending; the other arrays run along it. */
  readonly at: readonly number[];
  readonly priceUsd: readonly number[];
  readonly volume24hUsd: readonly (number | null)[];
  readonly marketCapUsd: readonly (number | null)[];
  /** Whether the price comes from another provider than the listings' prices, which counts volumes otherwise. */
  readonly isOtherVolume: readonly boolean[];
};

/** Whether past prices count volumes as another provider than the listings: a simulated market's are of one kind. */
const hasTwoProviders = sql.fragment`(SELECT source = 'coinmarketcap' FROM market_snapshots LIMIT 1)`;

/** A coin's prices after `after` and up to and including `upTo`. */
export async function readPriceSeries(
  db: Queryable,
  cryptoId: number,
  after: Date,
  upTo: Date,
): Promise<PriceSeries> {
  const row = await db.one(sql.type(PriceSeriesRow)`
    SELECT
      coalesce(array_agg((extract(epoch FROM timestamp) * 1000)::float8 ORDER BY timestamp), '{}') AS at,
      coalesce(array_agg(price ORDER BY timestamp), '{}') AS price,
      coalesce(array_agg(volume_24h ORDER BY timestamp), '{}') AS volume_24h,
      coalesce(array_agg(market_cap ORDER BY timestamp), '{}') AS market_cap,
      coalesce(array_agg(snapshot_at IS NULL ORDER BY timestamp) FILTER (WHERE ${hasTwoProviders}), '{}') AS is_past
    FROM price_data
    WHERE crypto_id = ${cryptoId}
      AND timestamp > ${after.toISOString()} AND timestamp <= ${upTo.toISOString()}
  `);
  return {
    at: row.at,
    priceUsd: row.price,
    volume24hUsd: row.volume_24h,
    marketCapUsd: row.market_cap,
    isOtherVolume: row.at.map((_, index) => row.is_past[index] ?? false),
  };
}

const pricedFields = {
  crypto_id: "int8",
  timestamp: "timestamptz",
  price: "float8",
  volume_24h: "float8",
  market_cap: "float8",
  is_past: "float8",
} as const;

/** The same of several coins, by their ids; a coin without prices there has no entry. */
export async function readPriceSeriesOfCoins(
  db: Queryable,
  cryptoIds: readonly number[],
  after: Date,
  upTo: Date,
): Promise<ReadonlyMap<number, PriceSeries>> {
  // In no order: coins of one listing lie together, and each page is read once only where no order is asked for.
  const { rows } = await db.one(sql.type(z.object({ rows: PackedBytes }))`
    SELECT ${packRows(pricedFields)} AS rows FROM (
      SELECT crypto_id, timestamp, price, volume_24h, market_cap,
        (snapshot_at IS NULL AND ${hasTwoProviders})::int::float8 AS is_past
      FROM price_data
      WHERE crypto_id = ANY (${sql.array([...cryptoIds], "int8")})
        AND timestamp > ${after.toISOString()} AND timestamp <= ${upTo.toISOString()}
    ) priced
  `);
  const byCoin = Map.groupBy(
    unpackRows(rows, pricedFields, row => ({ ...row })),
    row => row.crypto_id,
  );
  const series = new Map<number, PriceSeries>();
  for (const [cryptoId, unordered] of byCoin) {
    const prices = unordered.toSorted((a, b) => a.timestamp - b.timestamp);
    series.set(cryptoId, {
      at: prices.map(({ timestamp }) => timestamp),
      priceUsd: prices.map(({ price }) => price),
      volume24hUsd: prices.map(({ volume_24h }) => orNull(volume_24h)),
      marketCapUsd: prices.map(({ market_cap }) => orNull(market_cap)),
      isOtherVolume: prices.map(({ is_past }) => is_past === 1),
    });
  }
  return series;
}

const PriceSeriesRow = z.object({
  at: z.array(z.number()),
  price: z.array(z.number()),
  volume_24h: z.array(z.number().nullable()),
  market_cap: z.array(z.number().nullable()),
  is_past: z.array(z.boolean()),
});

/** A coin's newest price, or null. */
export async function readNewestPrice(
  db: Queryable,
  cryptoId: number,
): Promise<{ observedAt: Date; priceUsd: number } | null> {
  const row = await db.maybeOne(sql.type(z.object({ timestamp: z.date(), price: z.number() }))`
    SELECT timestamp, price FROM price_data WHERE crypto_id = ${cryptoId} ORDER BY timestamp DESC LIMIT 1
  `);
  return row && { observedAt: row.timestamp, priceUsd: row.price };
}
