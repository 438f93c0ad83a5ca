import { sql } from "slonik";
import { z } from "zod";
import type { Queryable } from "../connect.ts";

/** Drops the monthly partitions of prices that lie wholly before a time; gives their names. */
export async function dropPricePartitions(db: Queryable, before: Date): Promise<readonly string[]> {
  return await db.anyFirst(sql.type(z.object({ name: z.string() }))`
    SELECT name FROM drop_price_partitions(${before.toISOString()}::timestamptz) AS dropped (name)
  `);
}

/** Deletes rows that have served their time, by the database's clock; gives how many of each table. */
export async function deleteOldRows(
  db: Queryable,
  ages: { logDays: number; messageDays: number },
): Promise<Record<string, number>> {
  const logsBefore = sql.fragment`now() - make_interval(days => ${ages.logDays})`;
  const messagesBefore = sql.fragment`now() - make_interval(days => ${ages.messageDays})`;
  const logs = await db.query(sql.unsafe`DELETE FROM query_logs WHERE created_at < ${logsBefore}`);
  const runs = await db.query(sql.unsafe`DELETE FROM analysis_runs WHERE started_at < ${logsBefore}`);
  const parked = await db.query(sql.unsafe`DELETE FROM parked_messages WHERE parked_at < ${logsBefore}`);
  const outbox = await db.query(sql.unsafe`DELETE FROM outbox WHERE published_at < ${messagesBefore}`);
  const inbox = await db.query(sql.unsafe`DELETE FROM inbox WHERE received_at < ${messagesBefore}`);
  const deliveries = await db.query(
    sql.unsafe`DELETE FROM alert_deliveries WHERE created_at < ${messagesBefore}`,
  );
  return {
    query_logs: logs.rowCount,
    analysis_runs: runs.rowCount,
    parked_messages: parked.rowCount,
    outbox: outbox.rowCount,
    inbox: inbox.rowCount,
    alert_deliveries: deliveries.rowCount,
  };
}
