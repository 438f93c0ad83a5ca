import { deleteOldRows, dropPricePartitions } from "@vibe-charting/database";
import { databasePool, readLinks, scheduledTask } from "@vibe-charting/runtime";

const links = readLinks("Database", "Settings");
const openDatabase = databasePool(links.Database.secretArn, { maxPoolSize: 1, statementTimeoutMs: 120_000 });
const dayMs = 24 * 60 * 60 * 1_000;
/** Far longer than any message is retried or redriven. */
const messageDays = 30;

/** Drops prices and logs older than the stage's retention, and the traces of messages long done. */
export const handler = scheduledTask("cleanup", openDatabase, async (_event, { db, now }) => {
  const pricesBefore = new Date(now.getTime() - links.Settings.retentionDays * dayMs);
  const partitions = await dropPricePartitions(db, pricesBefore);
  // Logs and messages are stamped by the database's clock, which a simulated market does not move.
  const rows = await deleteOldRows(db, { logDays: links.Settings.retentionDays, messageDays });
  return {
    recordsProcessed: partitions.length + Object.values(rows).reduce((sum, count) => sum + count, 0),
    details: { partitions: [...partitions], rows },
  };
});
