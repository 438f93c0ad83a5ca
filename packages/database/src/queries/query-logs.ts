import { sql } from "slonik";
import { z } from "zod";
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

const QueryLogRow = z.object({
  query_text: z.string(),
  intent_type: z.string(),
  result_count: z.number(),
});

/** The questions that were asked, the latest first. */
export async function readQueryLogs(
  db: Queryable,
  limit: number,
): Promise<readonly { text: string; intent: string; resultCount: number }[]> {
  const rows = await db.any(sql.type(QueryLogRow)`
    SELECT query_text, intent_type, result_count FROM query_logs ORDER BY id DESC LIMIT ${limit}
  `);
  return rows.map(row => ({ text: row.query_text, intent: row.intent_type, resultCount: row.result_count }));
}
