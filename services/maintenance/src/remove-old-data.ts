import {
  type Database,
  deleteAnchorPrices,
  deleteOldRows,
  dropPricePartitions,
} from "@vibe-charting/database";

const dayMs = 24 * 60 * 60 * 1_000;
/** Far longer than any message is retried or redriven. */
const messageDays = 30;

export type Removed = {
  readonly partitions: readonly string[];
  readonly rows: Readonly<Record<string, number>>;
};

/** Drops prices and logs older than the retention, and the traces of messages long done. */
export async function removeOldData(db: Database, now: Date, retentionDays: number): Promise<Removed> {
  const before = new Date(now.getTime() - retentionDays * dayMs);
  const partitions = await dropPricePartitions(db, before);
  const anchors = await deleteAnchorPrices(db, before);
  // Logs and messages are stamped by the database's clock, which a simulated market does not move.
  const rows = await deleteOldRows(db, { logDays: retentionDays, messageDays });
  return { partitions, rows: { ...rows, anchor_prices: anchors } };
}
