import {
  databasePool,
  drainOutbox,
  readLinks,
  readSecret,
  scheduledTask,
  snsPublisher,
} from "@vibe-charting/runtime";
import { listingFetcher } from "./coinmarketcap/fetch-listing.ts";
import { ingestListing } from "./ingest-listing.ts";
import { ProviderSecret, providerSettings } from "./provider-settings.ts";

const links = readLinks("Database", "CoinMarketCap", "PricesIngested", "SignalsDetected", "Settings");
const openDatabase = databasePool(links.Database.secretArn, { maxPoolSize: 2, statementTimeoutMs: 30_000 });
const publish = snsPublisher({
  "prices.ingested": links.PricesIngested.arn,
  "signals.detected": links.SignalsDetected.arn,
});
/** Kept back of the function's time for storing and publishing. */
const reserveMs = 30_000;

/** Takes in the market listing and publishes `prices.ingested`. */
export const handler = scheduledTask("data_ingestion", openDatabase, async (_event, { db, remainingMs }) => {
  const settings = providerSettings(await readSecret(links.CoinMarketCap.secretArn, ProviderSecret));
  const listing = await listingFetcher(settings)(
    links.Settings.trackedCoins,
    () => remainingMs() - reserveMs,
  );
  const report = await ingestListing(db, settings.source, listing);
  const { published, failed, lastError } = await drainOutbox(db, publish, [
    "prices.ingested",
    "signals.detected",
  ]);
  return {
    recordsProcessed: report.newPrices,
    details: {
      source: settings.source,
      observedAt: report.observedAt.toISOString(),
      coins: report.coins,
      rejected: listing.rejected.map(coin => ({ ...coin })),
      creditCount: listing.creditCount,
      published,
      unpublished: failed,
      publishError: lastError,
    },
  };
});
