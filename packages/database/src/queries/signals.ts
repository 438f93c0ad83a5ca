import {
  closedSignalStates,
  Evidence,
  SignalRecord,
  SignalState,
  SignalType,
} from "@vibe-charting/contracts";
import { sql } from "slonik";
import { z } from "zod";
import type { Queryable } from "../connect.ts";

export type SignalEventRow = {
  readonly episodeId: string;
  readonly type: SignalType;
  readonly state: SignalState;
  readonly previousState: SignalState | null;
  readonly confidence: number;
  readonly openedAt: Date;
  readonly detectedAt: Date;
  readonly priceUsd: number;
  readonly detectorVersion: string;
  readonly evidence: Evidence;
  readonly alerted: boolean;
};

/** Records a change of a signal's state, once; tells whether it was new. */
export async function insertSignalEvent(
  db: Queryable,
  cryptoId: number,
  event: SignalEventRow,
): Promise<boolean> {
  const inserted = await db.maybeOne(sql.type(z.object({ id: z.number() }))`
    INSERT INTO signal_events
      (crypto_id, episode_id, signal_type, state, previous_state, confidence, opened_at, detected_at, price,
       detector_version, evidence, alerted)
    VALUES (${cryptoId}, ${event.episodeId}, ${event.type}, ${event.state}, ${event.previousState},
      ${event.confidence}, ${event.openedAt.toISOString()}, ${event.detectedAt.toISOString()}, ${event.priceUsd},
      ${event.detectorVersion}, ${sql.jsonb(event.evidence)}, ${event.alerted})
    ON CONFLICT (episode_id, state) DO NOTHING
    RETURNING id
  `);
  return inserted !== null;
}

const EpisodeRow = z.object({
  id: z.number(),
  crypto_id: z.number(),
  episode_id: z.string(),
  cmc_id: z.number(),
  symbol: z.string(),
  name: z.string(),
  rank: z.number().nullable(),
  signal_type: SignalType,
  state: SignalState,
  confidence: z.number(),
  opened_at: z.date(),
  detected_at: z.date(),
  price: z.number(),
  detector_version: z.string(),
  evidence: Evidence,
  record: SignalRecord.nullable(),
});
export type EpisodeRow = z.infer<typeof EpisodeRow>;

export type EpisodeFilter = {
  readonly cryptoIds?: readonly number[] | undefined;
  readonly types?: readonly SignalType[] | undefined;
  readonly states?: readonly SignalState[] | undefined;
  readonly minConfidence?: number | undefined;
  readonly since?: Date | undefined;
  readonly upTo?: Date | undefined;
  /** Only episodes that are still open, or that came into their state at this time or later. */
  readonly openOrSince?: Date | undefined;
  /** Only episodes that come after this one in the list's order. */
  readonly after?: { readonly detectedAt: Date; readonly id: number } | undefined;
  readonly limit: number;
};

/** Episodes in the state that they have at `upTo`, the latest change first. */
export async function listEpisodes(db: Queryable, filter: EpisodeFilter): Promise<readonly EpisodeRow[]> {
  const upTo = filter.upTo?.toISOString() ?? "infinity";
  return await db.any(sql.type(EpisodeRow)`
    SELECT event.id, crypto_id, episode_id, cmc_id, symbol, name, rank, signal_type, state, confidence, opened_at, detected_at,
      event.price, detector_version, evidence, record
    FROM signal_events event JOIN cryptocurrencies coin ON coin.id = event.crypto_id
      LEFT JOIN signal_records USING (signal_type)
    WHERE detected_at <= ${upTo}
      AND detected_at >= ${filter.since?.toISOString() ?? "-infinity"}
      AND NOT EXISTS (
        SELECT FROM signal_events later
        WHERE later.episode_id = event.episode_id AND later.id > event.id AND later.detected_at <= ${upTo}
      )
      AND ${filter.cryptoIds ? sql.fragment`crypto_id = ANY (${sql.array([...filter.cryptoIds], "int8")})` : sql.fragment`true`}
      AND ${filter.types ? sql.fragment`signal_type = ANY (${sql.array([...filter.types], "signal_type_enum")})` : sql.fragment`true`}
      AND ${filter.states ? sql.fragment`state = ANY (${sql.array([...filter.states], "signal_state_enum")})` : sql.fragment`true`}
      AND ${filter.openOrSince ? sql.fragment`(state <> ALL (${sql.array([...closedSignalStates], "signal_state_enum")}) OR detected_at >= ${filter.openOrSince.toISOString()})` : sql.fragment`true`}
      AND confidence >= ${filter.minConfidence ?? 0}
      AND ${
        filter.after
          ? sql.fragment`(detected_at, event.id) < (${filter.after.detectedAt.toISOString()}::timestamptz, ${filter.after.id})`
          : sql.fragment`true`
      }
    ORDER BY detected_at DESC, event.id DESC
    LIMIT ${filter.limit}
  `);
}
