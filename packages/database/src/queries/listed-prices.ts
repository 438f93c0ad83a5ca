import { sql } from "slonik";
import { z } from "zod";
import type { Queryable } from "../connect.ts";
import { dateMaker, orNull, PackedBytes, packRows, unpackRows } from "./packed-rows.ts";

const Packed = z.object({ rows: PackedBytes });

/** What a listing says of a coin. */
export type ListedPrice = {
  readonly cryptoId: number;
  readonly rank: number | null;
  readonly observedAt: Date;
  readonly priceUsd: number;
  readonly volume24hUsd: number | null;
  readonly marketCapUsd: number | null;
};

const listedFields = {
  crypto_id: "int8",
  rank: "float8",
  timestamp: "timestamptz",
  price: "float8",
  volume_24h: "float8",
  market_cap: "float8",
} as const;

/** All coins of a listing, best rank first. */
export async function readListedPrices(db: Queryable, snapshotAt: Date): Promise<readonly ListedPrice[]> {
  const { rows } = await db.one(sql.type(Packed)`
    SELECT ${packRows(listedFields)} AS rows FROM (
      SELECT crypto_id, rank::float8 AS rank, timestamp, price, volume_24h, market_cap
      FROM price_data WHERE snapshot_at = ${snapshotAt.toISOString()} ORDER BY price_data.rank
    ) listed
  `);
  const toDate = dateMaker();
  return unpackRows(rows, listedFields, row => ({
    cryptoId: row.crypto_id,
    rank: orNull(row.rank),
    observedAt: toDate(row.timestamp),
    priceUsd: row.price,
    volume24hUsd: orNull(row.volume_24h),
    marketCapUsd: orNull(row.market_cap),
  }));
}

export type ObservedPrice = {
  readonly cryptoId: number;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly priceUsd: number;
};

const observedFields = { crypto_id: "int8", timestamp: "timestamptz", price: "float8" } as const;

/** The prices of all coins between two times, both included. */
export async function readPricesBetween(
  db: Queryable,
  from: Date,
  to: Date,
): Promise<readonly ObservedPrice[]> {
  const { rows } = await db.one(sql.type(Packed)`
    SELECT ${packRows(observedFields)} AS rows FROM price_data
    WHERE timestamp BETWEEN ${from.toISOString()} AND ${to.toISOString()}
  `);
  return unpackRows(rows, observedFields, row => ({
    cryptoId: row.crypto_id,
    at: row.timestamp,
    priceUsd: row.price,
  }));
}

const Snapshot = z.object({ observed_at: z.date(), origin: z.enum(["listing", "backfill"]) });

/** The listing, or the hour of past prices, that is nearest to a time; null where none is within `toleranceMs`. */
export async function findNearestSnapshot(
  db: Queryable,
  at: Date,
  toleranceMs: number,
): Promise<{ observedAt: Date; origin: "listing" | "backfill" } | null> {
  const earliest = new Date(at.getTime() - toleranceMs).toISOString();
  const latest = new Date(at.getTime() + toleranceMs).toISOString();
  const rows = await db.any(sql.type(Snapshot)`
    (
      SELECT observed_at, origin FROM market_snapshots
      WHERE observed_at BETWEEN ${earliest} AND ${at.toISOString()}
      ORDER BY observed_at DESC LIMIT 1
    )
    UNION ALL
    (
      SELECT observed_at, origin FROM market_snapshots
      WHERE observed_at > ${at.toISOString()} AND observed_at <= ${latest}
      ORDER BY observed_at LIMIT 1
    )
  `);
  const distance = ({ observed_at }: z.infer<typeof Snapshot>) =>
    Math.abs(observed_at.getTime() - at.getTime());
  const [nearest] = rows.toSorted((a, b) => distance(a) - distance(b));
  return nearest ? { observedAt: nearest.observed_at, origin: nearest.origin } : null;
}
