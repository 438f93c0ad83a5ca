import { databasePool, readLinks, scheduledTask } from "@vibe-charting/runtime";
import { removeOldData } from "./remove-old-data.ts";

const links = readLinks("MaintenanceDatabase", "Settings");
const openDatabase = databasePool(links.MaintenanceDatabase, { maxPoolSize: 1, statementTimeoutMs: 120_000 });

/** Drops what is older than the stage's retention. */
export const handler = scheduledTask("cleanup", openDatabase, async (_event, { db, now }) => {
  const { partitions, rows } = await removeOldData(db, now, links.Settings.retentionDays);
  return {
    recordsProcessed: partitions.length + Object.values(rows).reduce((sum, count) => sum + count, 0),
    details: { partitions: [...partitions], rows },
  };
});
