import { readOutboxBacklog } from "@vibe-charting/database";
import { databasePool, drainOutbox, readLinks, scheduledTask, snsPublisher } from "@vibe-charting/runtime";

const links = readLinks("MaintenanceDatabase", "PricesIngested", "SignalsDetected", "AlertDeliveries");
const openDatabase = databasePool(links.MaintenanceDatabase, { maxPoolSize: 2, statementTimeoutMs: 10_000 });
const publish = snsPublisher({
  "prices.ingested": links.PricesIngested.arn,
  "signals.detected": links.SignalsDetected.arn,
  "alert.deliveries": links.AlertDeliveries.arn,
});

/** Publishes what was committed and not published: the net under a crash between the two. */
export const handler = scheduledTask("outbox_drain", openDatabase, async (_event, { db }) => {
  const { published, failed, lastError } = await drainOutbox(db, publish, [
    "prices.ingested",
    "signals.detected",
    "alert.deliveries",
  ]);
  const { oldestSeconds } = await readOutboxBacklog(db);
  return {
    recordsProcessed: published,
    // The outbox's age is a metric, which stacks/metrics.ts reads from the log of this.
    details: { unpublished: failed, publishError: lastError, oldestSeconds: oldestSeconds ?? 0 },
  };
});
