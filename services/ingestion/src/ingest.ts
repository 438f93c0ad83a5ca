import { databasePool, readLinks, readSecret, scheduledTask, snsPublisher } from "@vibe-charting/runtime";
import { ProviderSecret, providerSettings } from "./provider-settings.ts";
import { takeInListing } from "./take-in-listing.ts";

const links = readLinks(
  "IngestionDatabase",
  "CoinMarketCap",
  "PricesIngested",
  "SignalsDetected",
  "Settings",
);
const openDatabase = databasePool(links.IngestionDatabase, { maxPoolSize: 2, statementTimeoutMs: 30_000 });
const ports = {
  readSettings: async () => providerSettings(await readSecret(links.CoinMarketCap.secretArn, ProviderSecret)),
  trackedCoins: links.Settings.trackedCoins,
  publish: snsPublisher({
    "prices.ingested": links.PricesIngested.arn,
    "signals.detected": links.SignalsDetected.arn,
  }),
};

/** Takes in the market listing and publishes `prices.ingested`. */
export const handler = scheduledTask("data_ingestion", openDatabase, async (event, task) =>
  takeInListing(event, task, ports),
);
