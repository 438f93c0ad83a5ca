import type { SignalState } from "@vibe-charting/contracts";
import { sql } from "slonik";
import { z } from "zod";
import type { Queryable } from "../connect.ts";

export type MarketMoveRow = {
  readonly episodeId: string;
  readonly state: SignalState;
  readonly direction: "up" | "down";
  readonly confidence: number;
  readonly openedAt: Date;
  readonly detectedAt: Date;
  readonly medianChangePct: number;
  readonly breadth: number;
  readonly alerted: boolean;
};

/** Where the detector of market-wide moves stands, as it left it; null before the first listing. */
export async function readMarketMoveState(db: Queryable): Promise<unknown> {
  return await db.maybeOneFirst(
    sql.type(z.object({ state: z.unknown() }))`SELECT state FROM market_move_state`,
  );
}

/** Stores where the detector of market-wide moves stands. */
export async function writeMarketMoveState(db: Queryable, stateJson: string): Promise<void> {
  await db.query(sql.unsafe`
    INSERT INTO market_move_state (state) VALUES (${stateJson}::jsonb)
    ON CONFLICT (only_row) DO UPDATE SET state = excluded.state
  `);
}

/** Records a change of a market-wide move, once; tells whether it was new. */
export async function insertMarketMove(db: Queryable, move: MarketMoveRow): Promise<boolean> {
  const inserted = await db.maybeOne(sql.type(z.object({ id: z.number() }))`
    INSERT INTO market_moves
      (episode_id, state, direction, confidence, opened_at, detected_at, median_change_pct, breadth, alerted)
    VALUES (${move.episodeId}, ${move.state}, ${move.direction}, ${move.confidence}, ${move.openedAt.toISOString()},
      ${move.detectedAt.toISOString()}, ${move.medianChangePct}, ${move.breadth}, ${move.alerted})
    ON CONFLICT (episode_id, state) DO NOTHING
    RETURNING id
  `);
  return inserted !== null;
}
