import { Timeframe, TrendType } from "@vibe-charting/contracts";
import { sql } from "slonik";
import { z } from "zod";
import type { Queryable } from "../connect.ts";

export type TrendRow = {
  readonly timeframe: Timeframe;
  readonly type: TrendType | null;
  readonly confidence: number;
  readonly changePct: number | null;
  readonly volatility: number | null;
  readonly enoughData: boolean;
  readonly notes: readonly string[];
};

/** Stores a coin's trends, unless newer ones are there: a late message never turns the clock back. */
export async function upsertTrends(
  db: Queryable,
  cryptoId: number,
  trends: readonly TrendRow[],
  asOf: Date,
  engineVersion: string,
): Promise<void> {
  await db.query(sql.unsafe`
    INSERT INTO trend_analysis
      (crypto_id, timeframe, trend_type, confidence, change_pct, volatility, enough_data, notes, as_of, engine_version)
    SELECT ${cryptoId}, timeframe::timeframe_enum, trend_type::trend_type_enum, confidence, change_pct, volatility,
      enough_data, ARRAY(SELECT jsonb_array_elements_text(notes)), ${asOf.toISOString()}::timestamptz, ${engineVersion}
    FROM ${sql.unnest(
      trends.map(({ timeframe, type, confidence, changePct, volatility, enoughData, notes }) => [
        timeframe,
        type,
        confidence,
        changePct,
        volatility,
        enoughData,
        JSON.stringify(notes),
      ]),
      ["text", "text", "float8", "float8", "float8", "bool", "jsonb"],
    )} AS read (timeframe, trend_type, confidence, change_pct, volatility, enough_data, notes)
    ON CONFLICT (crypto_id, timeframe) DO UPDATE SET
      trend_type = excluded.trend_type, confidence = excluded.confidence, change_pct = excluded.change_pct,
      volatility = excluded.volatility, enough_data = excluded.enough_data, notes = excluded.notes,
      as_of = excluded.as_of, engine_version = excluded.engine_version, created_at = now()
    WHERE excluded.as_of >= trend_analysis.as_of
  `);
}

const TrendRowSchema = z.object({
  timeframe: Timeframe,
  trend_type: TrendType.nullable(),
  confidence: z.number(),
  change_pct: z.number().nullable(),
  volatility: z.number().nullable(),
  enough_data: z.boolean(),
  notes: z.array(z.string()),
  as_of: z.date(),
});

/** A coin's newest trends, shortest timeframe first. */
export async function readTrends(
  db: Queryable,
  cryptoId: number,
): Promise<readonly (TrendRow & { asOf: Date })[]> {
  const rows = await db.any(sql.type(TrendRowSchema)`
    SELECT timeframe, trend_type, confidence, change_pct, volatility, enough_data, notes, as_of
    FROM trend_analysis WHERE crypto_id = ${cryptoId} ORDER BY timeframe
  `);
  return rows.map(row => ({
    timeframe: row.timeframe,
    type: row.trend_type,
    confidence: row.confidence,
    changePct: row.change_pct,
    volatility: row.volatility,
    enoughData: row.enough_data,
    notes: row.notes,
    asOf: row.as_of,
  }));
}

const UnanalyzedRow = z.object({ cmc_id: z.number(), symbol: z.string(), newest_at: z.date() });

/** Listed coins whose newest price has no analysis. */
export async function listUnanalyzedCoins(
  db: Queryable,
): Promise<readonly { cmcId: number; symbol: string; newestAt: Date }[]> {
  const rows = await db.any(sql.type(UnanalyzedRow)`
    SELECT cmc_id, symbol, newest.timestamp AS newest_at
    FROM cryptocurrencies
    CROSS JOIN LATERAL (
      SELECT timestamp FROM price_data WHERE crypto_id = cryptocurrencies.id ORDER BY timestamp DESC LIMIT 1
    ) newest
    WHERE rank IS NOT NULL AND NOT EXISTS (
      SELECT FROM trend_analysis WHERE crypto_id = cryptocurrencies.id AND as_of >= newest.timestamp
    )
    ORDER BY rank, cmc_id
  `);
  return rows.map(({ cmc_id, symbol, newest_at }) => ({ cmcId: cmc_id, symbol, newestAt: newest_at }));
}

/** How many listed coins have a newest price without an analysis. */
export async function countUnanalyzedCoins(db: Queryable): Promise<number> {
  return (await listUnanalyzedCoins(db)).length;
}
