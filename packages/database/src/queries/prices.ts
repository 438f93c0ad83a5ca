import { sql } from "slonik";
import { z } from "zod";
import type { Queryable } from "../connect.ts";
import { orNull, PackedBytes, packRows, unpackColumns } from "./packed-rows.ts";

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

const seriesFields = {
  timestamp: "timestamptz",
  price: "float8",
  volume_24h: "float8",
  market_cap: "float8",
  is_past: "float8",
} as const;
const coinSeriesFields = { crypto_id: "int8", ...seriesFields } as const;
const Packed = z.object({ rows: PackedBytes });

/** Out of the primary key's index alone, which holds all of these: a coin's prices lie far apart in the table. */
const seriesColumns = sql.fragment`
  timestamp, price, volume_24h, market_cap, (snapshot_at IS NULL AND ${hasTwoProviders})::int::float8 AS is_past
`;

/** A coin's prices after `after` and up to and including `upTo`. */
export async function readPriceSeries(
  db: Queryable,
  cryptoId: number,
  after: Date,
  upTo: Date,
): Promise<PriceSeries> {
  const { rows } = await db.one(sql.type(Packed)`
    SELECT ${packRows(seriesFields)} AS rows FROM (
      SELECT ${seriesColumns} FROM price_data
      WHERE crypto_id = ${cryptoId}
        AND timestamp > ${after.toISOString()} AND timestamp <= ${upTo.toISOString()}
      ORDER BY timestamp
    ) priced
  `);
  const columns = unpackColumns(rows, seriesFields);
  return seriesOf(columns, Array.from(columns.timestamp.keys()));
}

/** The same of several coins, by their ids; a coin without prices there has no entry. */
export async function readPriceSeriesOfCoins(
  db: Queryable,
  cryptoIds: readonly number[],
  after: Date,
  upTo: Date,
): Promise<ReadonlyMap<number, PriceSeries>> {
  const { rows } = await db.one(sql.type(Packed)`
    SELECT ${packRows(coinSeriesFields)} AS rows FROM (
      SELECT crypto_id, ${seriesColumns} FROM price_data
      WHERE crypto_id = ANY (${sql.array([...cryptoIds], "int8")})
        AND timestamp > ${after.toISOString()} AND timestamp <= ${upTo.toISOString()}
    ) priced
  `);
  const columns = unpackColumns(rows, coinSeriesFields);
  const at = (row: number) => columns.timestamp[row] ?? Number.NaN;
  const rowsByCoin = Map.groupBy(columns.crypto_id.keys(), row => columns.crypto_id[row] ?? Number.NaN);
  return new Map(
    [...rowsByCoin].map(([cryptoId, ofCoin]) => [
      cryptoId,
      seriesOf(
        columns,
        ofCoin.toSorted((a, b) => at(a) - at(b)),
      ),
    ]),
  );
}

function seriesOf(
  columns: Readonly<Record<keyof typeof seriesFields, Float64Array>>,
  rows: readonly number[],
): PriceSeries {
  const numbers = (column: Float64Array) => rows.map(row => column[row] ?? Number.NaN);
  const optional = (column: Float64Array) => numbers(column).map(orNull);
  return {
    at: numbers(columns.timestamp),
    priceUsd: numbers(columns.price),
    volume24hUsd: optional(columns.volume_24h),
    marketCapUsd: optional(columns.market_cap),
    isOtherVolume: numbers(columns.is_past).map(isPast => isPast === 1),
  };
}

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
