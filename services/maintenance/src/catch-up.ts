import { databasePool, drainOutbox, readLinks, scheduledTask, snsPublisher } from "@vibe-charting/runtime";
import { announceUnanalyzedCoins } from "./announce-unanalyzed-coins.ts";

const links = readLinks("MaintenanceDatabase", "PricesIngested");
const openDatabase = databasePool(links.MaintenanceDatabase, { maxPoolSize: 2, statementTimeoutMs: 20_000 });
/** Coins that a run's record names; `recordsProcessed` counts all. */
const mostNamed = 50;
const publish = snsPublisher({ "prices.ingested": links.PricesIngested.arn });

/** Publishes again, under a new id, the coins whose newest price has no analysis. */
export const handler = scheduledTask("catch_up", openDatabase, async (_event, { db, now }) => {
  const symbols = await announceUnanalyzedCoins(db, now);
  const { published, failed, lastError } = await drainOutbox(db, publish, ["prices.ingested"]);
  return {
    recordsProcessed: symbols.length,
    details: {
      symbols: symbols.slice(0, mostNamed),
      published,
      unpublished: failed,
      publishError: lastError,
    },
  };
});
