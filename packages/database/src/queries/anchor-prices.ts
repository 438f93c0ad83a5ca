import { sql } from "slonik";
import type { Queryable } from "../connect.ts";

/** A price worked out from the provider's own change up to an observation. */
export type AnchorPrice = {
  readonly cryptoId: number;
  readonly at: Date;
  readonly priceUsd: number;
  readonly quotedAt: Date;
  /** How far from it an observed price may lie that makes it needless. */
  readonly toleranceMs: number;
};

/** Keeps anchor prices of the times that no observed price of the coin is near; one that is there already stays. */
export async function insertAnchorPrices(db: Queryable, anchors: readonly AnchorPrice[]): Promise<void> {
  await db.query(sql.unsafe`
    INSERT INTO anchor_prices (crypto_id, timestamp, price, quoted_at)
    SELECT crypto_id, at, price, quoted_at
    FROM ${sql.unnest(
      anchors.map(({ cryptoId, at, priceUsd, quotedAt, toleranceMs }) => [
        cryptoId,
        at.toISOString(),
        priceUsd,
        quotedAt.toISOString(),
        toleranceMs / 1_000,
      ]),
      ["int8", "timestamptz", "float8", "timestamptz", "float8"],
    )} AS quoted (crypto_id, at, price, quoted_at, tolerance)
    WHERE NOT EXISTS (
      SELECT FROM price_data observed
      WHERE observed.crypto_id = quoted.crypto_id AND observed.timestamp < quoted.quoted_at
        AND observed.timestamp BETWEEN at - make_interval(secs => tolerance) AND at + make_interval(secs => tolerance)
    )
    ON CONFLICT (crypto_id, timestamp) DO NOTHING
  `);
}

/** Deletes the anchor prices that were quoted before a time; gives how many. */
export async function deleteAnchorPrices(db: Queryable, before: Date): Promise<number> {
  const deleted = await db.query(
    sql.unsafe`DELETE FROM anchor_prices WHERE quoted_at < ${before.toISOString()}`,
  );
  return deleted.rowCount;
}
