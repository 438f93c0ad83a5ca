import { type Timeframe, TrendType } from "@vibe-charting/contracts";
import { sql } from "slonik";
import { z } from "zod";
import type { Queryable } from "../connect.ts";
import type { ReadTrend } from "./market-view.ts";
import { dateMaker, orNull, PackedBytes, unpackRows } from "./packed-rows.ts";

/** Up to where a reader has seen the changes of a table: the next read gives those that it has not seen. */
export type SeenChanges = string;

/** Before everything. */
export const nothingSeen: SeenChanges = "0";

/** The fields of the column `packed`, in its order; a type is its place in the vocabulary, counted from one. */
const trendFields = {
  crypto_id: "int8",
  as_of: "timestamptz",
  type: "float8",
  confidence: "float8",
  change_pct: "float8",
  volatility: "float8",
} as const;
/** The first of them. */
const timeFields = { crypto_id: "int8", as_of: "timestamptz" } as const;
const timeBytes = 16;

const TrendChanges = z.object({
  seen: z.string(),
  rows: PackedBytes,
  notes: z.record(z.string(), z.array(z.string())).nullable(),
});

/** Few trends have notes: the others share this. */
const noNotes: readonly string[] = [];

/** The trends of one timeframe that changed since a read; a trend that was seen may come again. */
export async function readTrendChanges(
  db: Queryable,
  timeframe: Timeframe,
  since: SeenChanges,
): Promise<{ trends: readonly ReadTrend[]; seen: SeenChanges }> {
  const { seen, rows, notes } = await db.one(sql.type(TrendChanges)`
    SELECT pg_snapshot_xmin(pg_current_snapshot())::text AS seen, coalesce(string_agg(packed, ''), '') AS rows,
      jsonb_object_agg(crypto_id, notes) FILTER (WHERE notes <> '{}') AS notes
    FROM trend_analysis WHERE timeframe = ${timeframe} AND changed_in >= ${since}::xid8
  `);
  const toDate = dateMaker();
  const trends = unpackRows(rows, trendFields, row => {
    const cryptoId = row.crypto_id;
    const type = TrendType.options[row.type - 1] ?? null;
    return {
      cryptoId,
      timeframe,
      type,
      confidence: row.confidence,
      changePct: orNull(row.change_pct),
      volatility: orNull(row.volatility),
      // The table holds them to be the same.
      enoughData: type !== null,
      notes: notes?.[cryptoId] ?? noNotes,
      asOf: toDate(row.as_of),
    };
  });
  return { trends, seen };
}

/** What a coin was last analysed up to: the time of its newest price then, milliseconds since the epoch. */
export type AnalysisTime = { readonly cryptoId: number; readonly asOf: number };

const TimeChanges = z.object({ seen: z.string(), rows: PackedBytes });

/** The same of the times alone, which are read in half the time. */
export async function readAnalysisTimes(
  db: Queryable,
  timeframe: Timeframe,
  since: SeenChanges,
): Promise<{ times: readonly AnalysisTime[]; seen: SeenChanges }> {
  const { seen, rows } = await db.one(sql.type(TimeChanges)`
    SELECT pg_snapshot_xmin(pg_current_snapshot())::text AS seen,
      coalesce(string_agg(substring(packed FROM 1 FOR ${timeBytes}), ''), '') AS rows
    FROM trend_analysis WHERE timeframe = ${timeframe} AND changed_in >= ${since}::xid8
  `);
  const times = unpackRows(rows, timeFields, row => ({ cryptoId: row.crypto_id, asOf: row.as_of }));
  return { times, seen };
}
