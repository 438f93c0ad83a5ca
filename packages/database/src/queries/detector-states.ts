import { sql } from "slonik";
import { z } from "zod";
import type { Queryable } from "../connect.ts";

/** The first key of the advisory locks on coins, to tell them from other locks. */
const coinLocks = 1;

/** Waits until no other transaction works on the coin, and keeps others out until this one ends. */
export async function lockCoin(db: Queryable, cryptoId: number): Promise<void> {
  await db.query(sql.unsafe`SELECT pg_advisory_xact_lock(${coinLocks}, ${cryptoId}::int)`);
}

/** Where a coin's detectors stand, as they left it; null before the first sample. */
export async function readDetectorState(db: Queryable, cryptoId: number): Promise<unknown> {
  return await db.maybeOneFirst(sql.type(z.object({ state: z.unknown() }))`
    SELECT state FROM detector_states WHERE crypto_id = ${cryptoId}
  `);
}

/** Stores where a coin's detectors stand, unless they are further already. */
export async function writeDetectorState(
  db: Queryable,
  cryptoId: number,
  asOf: Date,
  stateJson: string,
): Promise<void> {
  await db.query(sql.unsafe`
    INSERT INTO detector_states (crypto_id, as_of, state)
    VALUES (${cryptoId}, ${asOf.toISOString()}, ${stateJson}::jsonb)
    ON CONFLICT (crypto_id) DO UPDATE SET as_of = excluded.as_of, state = excluded.state, updated_at = now()
    WHERE excluded.as_of >= detector_states.as_of
  `);
}
