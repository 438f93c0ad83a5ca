import { SignalRecord, SignalState, SignalType } from "@vibe-charting/contracts";
import { sql } from "slonik";
import { z } from "zod";
import type { Queryable } from "../connect.ts";

const ConfirmedRow = z.object({
  episode_id: z.string(),
  signal_type: SignalType,
  state: SignalState,
  detected_at: z.date(),
});

/** A coin's confirmed signals since a time. */
export async function listConfirmedSignals(
  db: Queryable,
  cryptoId: number,
  since: Date,
): Promise<readonly { episodeId: string; type: SignalType; state: SignalState; detectedAt: Date }[]> {
  const rows = await db.any(sql.type(ConfirmedRow)`
    SELECT episode_id, signal_type, state, detected_at FROM signal_events
    WHERE crypto_id = ${cryptoId} AND state = 'confirmed' AND detected_at >= ${since.toISOString()}
    ORDER BY detected_at, id
  `);
  return rows.map(row => ({
    episodeId: row.episode_id,
    type: row.signal_type,
    state: row.state,
    detectedAt: row.detected_at,
  }));
}

export type SignalOutcome = {
  readonly episodeId: string;
  readonly cryptoId: number;
  readonly type: SignalType;
  readonly detectedAt: Date;
  /** Per cent, after 1, 3, 7 and 30 days; null while unknown. */
  readonly changePctAfter: Readonly<Record<1 | 3 | 7 | 30, number | null>>;
};

/** Stores what became of signals. A change that was known once stays: its prices may have been dropped since. */
export async function upsertOutcomes(db: Queryable, outcomes: readonly SignalOutcome[]): Promise<void> {
  if (outcomes.length === 0) return;
  await db.query(sql.unsafe`
    INSERT INTO signal_outcomes AS known
      (episode_id, crypto_id, signal_type, detected_at, change_pct_1d, change_pct_3d, change_pct_7d, change_pct_30d)
    SELECT episode_id, crypto_id, signal_type::signal_type_enum, detected_at, d1, d3, d7, d30
    FROM ${sql.unnest(
      outcomes.map(({ episodeId, cryptoId, type, detectedAt, changePctAfter: after }) => [
        episodeId,
        cryptoId,
        type,
        detectedAt.toISOString(),
        after[1],
        after[3],
        after[7],
        after[30],
      ]),
      ["text", "int8", "text", "timestamptz", "float8", "float8", "float8", "float8"],
    )} AS found (episode_id, crypto_id, signal_type, detected_at, d1, d3, d7, d30)
    ON CONFLICT (episode_id) DO UPDATE SET
      change_pct_1d = coalesce(known.change_pct_1d, excluded.change_pct_1d),
      change_pct_3d = coalesce(known.change_pct_3d, excluded.change_pct_3d),
      change_pct_7d = coalesce(known.change_pct_7d, excluded.change_pct_7d),
      change_pct_30d = coalesce(known.change_pct_30d, excluded.change_pct_30d)
  `);
}

const OutcomeRow = z.object({
  episode_id: z.string(),
  crypto_id: z.number(),
  signal_type: SignalType,
  detected_at: z.date(),
  change_pct_1d: z.number().nullable(),
  change_pct_3d: z.number().nullable(),
  change_pct_7d: z.number().nullable(),
  change_pct_30d: z.number().nullable(),
});

/** What became of every confirmed signal that is on record. */
export async function listOutcomes(db: Queryable): Promise<readonly SignalOutcome[]> {
  const rows = await db.any(sql.type(OutcomeRow)`
    SELECT episode_id, crypto_id, signal_type, detected_at, change_pct_1d, change_pct_3d, change_pct_7d, change_pct_30d
    FROM signal_outcomes ORDER BY detected_at, episode_id
  `);
  return rows.map(row => ({
    episodeId: row.episode_id,
    cryptoId: row.crypto_id,
    type: row.signal_type,
    detectedAt: row.detected_at,
    changePctAfter: {
      1: row.change_pct_1d,
      3: row.change_pct_3d,
      7: row.change_pct_7d,
      30: row.change_pct_30d,
    },
  }));
}

/** Stores a kind of signal's record, unless a newer one is there. */
export async function upsertSignalRecord(db: Queryable, record: SignalRecord): Promise<void> {
  await db.query(sql.unsafe`
    INSERT INTO signal_records (signal_type, record, as_of)
    VALUES (${record.type}, ${sql.jsonb(record)}, ${record.asOf})
    ON CONFLICT (signal_type) DO UPDATE SET record = excluded.record, as_of = excluded.as_of, updated_at = now()
    WHERE excluded.as_of >= signal_records.as_of
  `);
}

/** The record of each kind of signal that has one. */
export async function readSignalRecords(db: Queryable): Promise<ReadonlyMap<SignalType, SignalRecord>> {
  const records = await db.anyFirst(
    sql.type(z.object({ record: SignalRecord }))`SELECT record FROM signal_records`,
  );
  return new Map(records.map(record => [record.type, record]));
}
