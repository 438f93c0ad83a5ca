import { type Timeframe, TrendType } from "@vibe-charting/contracts";
import { sql } from "slonik";
import { z } from "zod";
import type { Queryable } from "../connect.ts";
import type { ReadTrend } from "./market-view.ts";
import { orNull, PackedBytes, packRows, unpackRows } from "./packed-rows.ts";

/** Up to where a reader has seen the changes of a table: the next read gives those that it has not seen. */
export type SeenChanges = string;

/** Before everything. */
export const nothingSeen: SeenChanges = "0";

const trendFields = {
  crypto_id: "int8",
  as_of: "timestamptz",
  type: "float8",
  confidence: "float8",
  change_pct: "float8",
  volatility: "float8",
} as const;

const Changes = z.object({
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
  const types = sql.array([...TrendType.options], "trend_type_enum");
  const { seen, rows, notes } = await db.one(sql.type(Changes)`
    SELECT pg_snapshot_xmin(pg_current_snapshot())::text AS seen, ${packRows(trendFields)} AS rows,
      jsonb_object_agg(crypto_id, notes) FILTER (WHERE notes <> '{}') AS notes
    FROM (
      SELECT crypto_id, as_of, array_position(${types}, trend_type)::float8 AS type, confidence, change_pct,
        volatility, notes
      FROM trend_analysis WHERE timeframe = ${timeframe} AND changed_in >= ${since}::xid8
    ) changed
  `);
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
      asOf: new Date(row.as_of),
    };
  });
  return { trends, seen };
}
