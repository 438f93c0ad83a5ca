import { sql } from "slonik";
import { z } from "zod";
import type { Queryable } from "../connect.ts";

/** A price worked out from the provider's own change up to an observation. */
export type AnchorPrice = {
  readonly cryptoId: number;
  readonly at: Date;
  readonly priceUsd: number;
  readonly quotedAt: Date;
};

/** A time so many hours before an observation, and how near to it a price must lie to stand for it. */
export type AnchorWindow = { readonly hours: number; readonly toleranceMs: number };

/** Keeps anchor prices; one that is there already stays. */
export async function insertAnchorPrices(db: Queryable, anchors: readonly AnchorPrice[]): Promise<void> {
  if (anchors.length === 0) return;
  await db.query(sql.unsafe`
    INSERT INTO anchor_prices (crypto_id, timestamp, price, quoted_at)
    SELECT * FROM ${sql.unnest(
      anchors.map(({ cryptoId, at, priceUsd, quotedAt }) => [
        cryptoId,
        at.toISOString(),
        priceUsd,
        quotedAt.toISOString(),
      ]),
      ["int8", "timestamptz", "float8", "timestamptz"],
    )}
    ON CONFLICT (crypto_id, timestamp) DO NOTHING
  `);
}

const Unobserved = z.object({ crypto_id: z.number(), hours: z.array(z.number()) });

/** By coin, the hours of the windows that no observed price is near the start of, before each coin's observation. */
export async function readUnobservedWindows(
  db: Queryable,
  quotes: readonly { readonly cryptoId: number; readonly observedAt: Date }[],
  windows: readonly AnchorWindow[],
): Promise<ReadonlyMap<number, ReadonlySet<number>>> {
  // Times as numbers, and each coin once: a listing has thousands, of which hardly any lacks a price.
  const rows = await db.any(sql.type(Unobserved)`
    SELECT crypto_id, array_agg(hours) AS hours
    FROM unnest(
      ${sql.array(
        quotes.map(({ cryptoId }) => cryptoId),
        "int8",
      )},
      ${sql.array(
        quotes.map(({ observedAt }) => observedAt.getTime() / 1_000),
        "float8",
      )}
    ) AS quoted (crypto_id, seconds)
    CROSS JOIN ${sql.unnest(
      windows.map(({ hours, toleranceMs }) => [hours, toleranceMs / 3_600_000]),
      ["float8", "float8"],
    )} AS window_of (hours, tolerance)
    WHERE NOT EXISTS (
      SELECT FROM price_data observed
      WHERE observed.crypto_id = quoted.crypto_id AND observed.timestamp < to_timestamp(seconds)
        AND observed.timestamp >= to_timestamp(seconds - 3600 * (hours + tolerance))
        AND observed.timestamp <= to_timestamp(seconds - 3600 * (hours - tolerance))
    )
    GROUP BY crypto_id
  `);
  return new Map(rows.map(({ crypto_id, hours }) => [crypto_id, new Set(hours)]));
}

/** Deletes the anchor prices that were quoted before a time; gives how many. */
export async function deleteAnchorPrices(db: Queryable, before: Date): Promise<number> {
  const deleted = await db.query(
    sql.unsafe`DELETE FROM anchor_prices WHERE quoted_at < ${before.toISOString()}`,
  );
  return deleted.rowCount;
}
