import type { SignalState, SignalType } from "@vibe-charting/contracts";
import { sql } from "slonik";
import { z } from "zod";
import type { Queryable } from "../connect.ts";

const Count = z.object({ fired: z.number() });

/** How many changes of the coins' signals there were after a time and up to another. */
export async function countSignalChanges(
  db: Queryable,
  filter: {
    readonly cryptoIds: readonly number[] | null;
    readonly types: readonly SignalType[] | null;
    readonly states: readonly SignalState[];
    readonly minConfidence: number;
    readonly after: Date;
    readonly upTo: Date;
  },
): Promise<number> {
  const { cryptoIds, types } = filter;
  return await db.oneFirst(sql.type(Count)`
    SELECT count(*) AS fired FROM signal_events
    WHERE detected_at > ${filter.after.toISOString()} AND detected_at <= ${filter.upTo.toISOString()}
      AND state = ANY (${sql.array([...filter.states], "signal_state_enum")})
      AND confidence >= ${filter.minConfidence}
      AND ${cryptoIds ? sql.fragment`crypto_id = ANY (${sql.array([...cryptoIds], "int8")})` : sql.fragment`true`}
      AND ${types ? sql.fragment`signal_type = ANY (${sql.array([...types], "signal_type_enum")})` : sql.fragment`true`}
  `);
}

/** How many changes of market-wide moves there were after a time and up to another. */
export async function countMarketMoves(
  db: Queryable,
  filter: {
    readonly states: readonly SignalState[];
    readonly minConfidence: number;
    readonly after: Date;
    readonly upTo: Date;
  },
): Promise<number> {
  return await db.oneFirst(sql.type(Count)`
    SELECT count(*) AS fired FROM market_moves
    WHERE detected_at > ${filter.after.toISOString()} AND detected_at <= ${filter.upTo.toISOString()}
      AND state = ANY (${sql.array([...filter.states], "signal_state_enum")})
      AND confidence >= ${filter.minConfidence}
  `);
}

/** The first time of which the market is on record; null while it is empty. */
export async function findFirstSnapshot(db: Queryable): Promise<Date | null> {
  return await db.oneFirst(sql.type(z.object({ first: z.date().nullable() }))`
    SELECT min(observed_at) AS first FROM market_snapshots
  `);
}
