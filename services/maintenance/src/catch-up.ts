import { pricesIngested } from "@vibe-charting/contracts";
import { addToOutbox, listUnanalyzedCoins } from "@vibe-charting/database";
import { databasePool, drainOutbox, readLinks, scheduledTask, snsPublisher } from "@vibe-charting/runtime";

const links = readLinks("Database", "PricesIngested");
const openDatabase = databasePool(links.Database.secretArn, { maxPoolSize: 2, statementTimeoutMs: 20_000 });
const publish = snsPublisher({ "prices.ingested": links.PricesIngested.arn });

/** Publishes again, under a new id, the coins whose newest price has no analysis. */
export const handler = scheduledTask("catch_up", openDatabase, async (_event, { db, now }) => {
  const behind = await listUnanalyzedCoins(db);
  const events = behind.map(({ cmcId, symbol, newestAt }) => {
    const at = newestAt.toISOString();
    return pricesIngested({ cmcId, symbol, from: at, to: at, reason: "catch_up" }, now.toISOString());
  });
  await addToOutbox(db, events);
  const { published, failed, lastError } = await drainOutbox(db, publish, ["prices.ingested"]);
  return {
    recordsProcessed: behind.length,
    details: {
      symbols: behind.map(({ symbol }) => symbol),
      published,
      unpublished: failed,
      publishError: lastError,
    },
  };
});
