import { closedSignalStates, Evidence, SignalState, SignalType } from "@vibe-charting/contracts";
import { type ListSqlToken, sql } from "slonik";
import { z } from "zod";
import type { Queryable } from "../connect.ts";
import { dateMaker, PackedBytes, packRows, unpackRows } from "./packed-rows.ts";
import type { SeenChanges } from "./trend-changes.ts";

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
  signal_type: SignalType,
  state: SignalState,
  confidence: z.number(),
  opened_at: z.date(),
  detected_at: z.date(),
});
/** An episode in one of its states; a coin has at most one of a type that was opened at a time. */
export type EpisodeRow = z.infer<typeof EpisodeRow>;

const SignalRow = EpisodeRow.extend({
  episode_id: z.string(),
  cmc_id: z.number(),
  symbol: z.string(),
  name: z.string(),
  price: z.number(),
  detector_version: z.string(),
  evidence: Evidence,
});
/** An episode with its coin and its evidence. */
export type SignalRow = z.infer<typeof SignalRow>;

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

const episodeFields = {
  id: "int8",
  crypto_id: "int8",
  type: "float8",
  state: "float8",
  confidence: "float8",
  opened_at: "timestamptz",
  detected_at: "timestamptz",
} as const;

/** The columns of packed episodes: a type and a state are their places in the vocabulary. */
const episodeColumns = sql.fragment`
  id, crypto_id, confidence, opened_at, detected_at,
  array_position(${sql.array([...SignalType.options], "signal_type_enum")}, signal_type)::float8 AS type,
  array_position(${sql.array([...SignalState.options], "signal_state_enum")}, state)::float8 AS state
`;

function unpackEpisodes(rows: Buffer): readonly EpisodeRow[] {
  const [toOpened, toDetected] = [dateMaker(), dateMaker()];
  return unpackRows(rows, episodeFields, row => ({
    id: row.id,
    crypto_id: row.crypto_id,
    signal_type: SignalType.options[row.type - 1] ?? unknownValue(),
    state: SignalState.options[row.state - 1] ?? unknownValue(),
    confidence: row.confidence,
    opened_at: toOpened(row.opened_at),
    detected_at: toDetected(row.detected_at),
  }));
}

function unknownValue(): never {
  throw new TypeError("A signal has a type or a state that this release does not know");
}

/** Episodes in the state that they have at `upTo`, or now, the latest change first. */
export async function listEpisodes(db: Queryable, filter: EpisodeFilter): Promise<readonly EpisodeRow[]> {
  const { rows } = await db.one(sql.type(z.object({ rows: PackedBytes }))`
    SELECT ${packRows(episodeFields)} AS rows FROM (
      SELECT ${episodeColumns} FROM signal_events WHERE ${matches(filter)}
      ORDER BY detected_at DESC, id DESC LIMIT ${filter.limit}
    ) episode
  `);
  return unpackEpisodes(rows);
}

/** The same with coins and evidence. */
export async function listSignalRows(db: Queryable, filter: EpisodeFilter): Promise<readonly SignalRow[]> {
  return await db.any(sql.type(SignalRow)`
    SELECT event.id, crypto_id, signal_type, state, confidence, opened_at, detected_at, episode_id, cmc_id, symbol,
      name, price, detector_version, evidence
    FROM (
      SELECT * FROM signal_events WHERE ${matches(filter)}
      ORDER BY detected_at DESC, id DESC LIMIT ${filter.limit}
    ) event
    JOIN cryptocurrencies coin ON coin.id = crypto_id
    ORDER BY detected_at DESC, event.id DESC
  `);
}

function matches(filter: EpisodeFilter): ListSqlToken {
  const { cryptoIds, types, states, minConfidence, since, upTo, openOrSince, after } = filter;
  const conditions = [
    // Said like the condition of the indexes of present states, which are then used.
    upTo
      ? sql.fragment`detected_at <= ${upTo.toISOString()} AND (superseded_at IS NULL OR superseded_at > ${upTo.toISOString()})`
      : sql.fragment`superseded_at IS NULL`,
    since && sql.fragment`detected_at >= ${since.toISOString()}`,
    cryptoIds && sql.fragment`crypto_id = ANY (${sql.array([...cryptoIds], "int8")})`,
    types && sql.fragment`signal_type = ANY (${sql.array([...types], "signal_type_enum")})`,
    states && sql.fragment`state = ANY (${sql.array([...states], "signal_state_enum")})`,
    openOrSince &&
      sql.fragment`(state <> ALL (${sql.array([...closedSignalStates], "signal_state_enum")}) OR detected_at >= ${openOrSince.toISOString()})`,
    minConfidence !== undefined && sql.fragment`confidence >= ${minConfidence}`,
    after && sql.fragment`(detected_at, id) < (${after.detectedAt.toISOString()}::timestamptz, ${after.id})`,
  ];
  return sql.join(
    conditions.filter(condition => typeof condition === "object"),
    sql.fragment` AND `,
  );
}

/** Whether states of episodes up to a time were recorded since a read; without one, none were. */
export async function readPastChanges(
  db: Queryable,
  upTo: Date,
  since: SeenChanges | null,
): Promise<{ changed: boolean; seen: SeenChanges }> {
  return await db.one(sql.type(PastChanges)`
    SELECT pg_snapshot_xmin(pg_current_snapshot())::text AS seen, EXISTS (
      SELECT FROM signal_events WHERE changed_in >= ${since}::xid8 AND detected_at <= ${upTo.toISOString()}
    ) AS changed
  `);
}

const PastChanges = z.object({ changed: z.boolean(), seen: z.string() });

/** The evidence of episodes by the ids of their rows. */
export async function readEvidence(
  db: Queryable,
  ids: readonly number[],
): Promise<ReadonlyMap<number, Evidence>> {
  if (ids.length === 0) return new Map();
  const rows = await db.any(sql.type(z.object({ id: z.number(), evidence: Evidence }))`
    SELECT id, evidence FROM signal_events WHERE id = ANY (${sql.array([...ids], "int8")})
  `);
  return new Map(rows.map(({ id, evidence }) => [id, evidence]));
}

const EpisodeChanges = z.object({ seen: z.string(), rows: PackedBytes });

/**
 * Episodes that are open or came into their present state at `horizon` or later, of all coins: those that changed
 * since a read. One that was seen may come again.
 */
export async function readEpisodeChanges(
  db: Queryable,
  horizon: Date,
  since: SeenChanges,
): Promise<{ episodes: readonly EpisodeRow[]; seen: SeenChanges }> {
  const { seen, rows } = await db.one(sql.type(EpisodeChanges)`
    SELECT pg_snapshot_xmin(pg_current_snapshot())::text AS seen, ${packRows(episodeFields)} AS rows
    FROM (
      SELECT ${episodeColumns} FROM signal_events
      WHERE ${matches({ openOrSince: horizon, limit: 0 })} AND changed_in >= ${since}::xid8
    ) changed
  `);
  return { episodes: unpackEpisodes(rows), seen };
}
