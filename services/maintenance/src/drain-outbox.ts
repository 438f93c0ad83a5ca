import { findNewestListing, readOutboxBacklog } from "@vibe-charting/database";
import { databasePool, drainOutbox, readLinks, scheduledTask, snsPublisher } from "@vibe-charting/runtime";

const links = readLinks("MaintenanceDatabase", "PricesIngested", "SignalsDetected", "AlertDeliveries");
const openDatabase = databasePool(links.MaintenanceDatabase, { maxPoolSize: 2, statementTimeoutMs: 10_000 });
const publish = snsPublisher({
  "prices.ingested": links.PricesIngested.arn,
  "signals.detected": links.SignalsDetected.arn,
  "alert.deliveries": links.AlertDeliveries.arn,
});

/** Publishes what was committed and not published: the net under a crash between the two. */
export const handler = scheduledTask("outbox_drain", openDatabase, async (_event, { db, now }) => {
  const { published, failed, lastError } = await drainOutbox(db, publish, [
    "prices.ingested",
    "signals.detected",
    "alert.deliveries",
  ]);
  const { oldestSeconds } = await readOutboxBacklog(db);
  const newest = await findNewestListing(db);
  return {
    recordsProcessed: published,
    // The ages of the outbox and of the newest data are metrics, which stacks/metrics.ts reads from the log of this.
    details: {
      unpublished: failed,
      publishError: lastError,
      oldestSeconds: oldestSeconds ?? 0,
      ...(newest && { newestDataSeconds: (now.getTime() - newest.observedAt.getTime()) / 1_000 }),
    },
  };
});
