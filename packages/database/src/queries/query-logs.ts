import { sql } from "slonik";
import type { Queryable } from "../connect.ts";

/** Records a question and how it was read. No key and no address of the asker is kept. */
export async function insertQueryLog(
  db: Queryable,
  entry: { text: string; intent: string; confidence: number; resultCount: number; latencyMs: number },
): Promise<void> {
  await db.query(sql.unsafe`
    INSERT INTO query_logs (query_text, intent_type, intent_confidence, result_count, latency_ms)
    VALUES (${entry.text}, ${entry.intent}, ${entry.confidence}, ${entry.resultCount}, ${entry.latencyMs})
  `);
}
