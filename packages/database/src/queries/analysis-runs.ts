import type { RunType } from "@vibe-charting/contracts";
import { type SerializableValue, sql } from "slonik";
import { z } from "zod";
import type { Queryable } from "../connect.ts";
import { storableJson, storableText } from "../storable.ts";

/** Records that a run began; a run that is killed stays without an end. */
export async function startRun(db: Queryable, type: RunType): Promise<number> {
  return await db.oneFirst(sql.type(z.object({ id: z.number() }))`
    INSERT INTO analysis_runs (run_type) VALUES (${type}) RETURNING id
  `);
}

export type RunOutcome = {
  readonly recordsProcessed: number;
  readonly details: Readonly<Record<string, SerializableValue>>;
  readonly error?: string | undefined;
};

/** Records what a run did. */
export async function finishRun(db: Queryable, id: number, outcome: RunOutcome): Promise<void> {
  await db.query(sql.unsafe`
    UPDATE analysis_runs SET completed_at = now(), records_processed = ${outcome.recordsProcessed},
      details = ${sql.jsonb(storableJson(outcome.details))}, error = ${outcome.error === undefined ? null : storableText(outcome.error)}
    WHERE id = ${id}
  `);
}

/** Records a run that has ended. */
export async function recordRun(
  db: Queryable,
  type: RunType,
  startedAt: Date,
  outcome: Omit<RunOutcome, "error">,
): Promise<void> {
  await db.query(sql.unsafe`
    INSERT INTO analysis_runs (run_type, started_at, completed_at, records_processed, details)
    VALUES (${type}, ${startedAt.toISOString()}, now(), ${outcome.recordsProcessed}, ${sql.jsonb(storableJson(outcome.details))})
  `);
}

/** The end of the pause that the last run of a type asked for in its details; null where it asked for none. */
export async function findPauseEnd(db: Queryable, type: RunType): Promise<Date | null> {
  const until = await db.maybeOneFirst(sql.type(z.object({ until: z.iso.datetime().nullable() }))`
    SELECT details->>'pausedUntil' AS until FROM analysis_runs
    WHERE run_type = ${type} AND completed_at IS NOT NULL
    ORDER BY started_at DESC, id DESC LIMIT 1
  `);
  return until === null ? null : new Date(until);
}
