import {
  databasePool,
  drainOutbox,
  readLinks,
  readSecret,
  scheduledTask,
  snsPublisher,
} from "@vibe-charting/runtime";
import { z } from "zod";
import { listingFetcher } from "./coinmarketcap/fetch-listing.ts";
import { ingestListing } from "./ingest-listing.ts";
import { unlessPaused } from "./provider-pause.ts";
import { ProviderSecret, providerSettings } from "./provider-settings.ts";

const links = readLinks(
  "IngestionDatabase",
  "CoinMarketCap",
  "PricesIngested",
  "SignalsDetected",
  "Settings",
);
const openDatabase = databasePool(links.IngestionDatabase, { maxPoolSize: 2, statementTimeoutMs: 30_000 });
const publish = snsPublisher({
  "prices.ingested": links.PricesIngested.arn,
  "signals.detected": links.SignalsDetected.arn,
});
/** Kept back of the function's time for storing and publishing. */
const reserveMs = 60_000;
/** Coins left out that a run's record names; the others are counted. */
const mostNamed = 50;

const IngestionEvent = z.object({ ignorePause: z.boolean().default(false) });

/** Takes in the market listing and publishes `prices.ingested`. */
export const handler = scheduledTask("data_ingestion", openDatabase, async (event, context) => {
  const { db, now, note, remainingMs } = context;
  const { ignorePause } = IngestionEvent.parse(event ?? {});
  return await unlessPaused(db, { now, ignorePause }, async () => {
    const settings = providerSettings(await readSecret(links.CoinMarketCap.secretArn, ProviderSecret));
    let creditCount = 0;
    note({ source: settings.source, creditCount });
    const listing = await listingFetcher(settings)(links.Settings.trackedCoins, {
      deadlineMs: () => remainingMs() - reserveMs,
      onCredits: credits => {
        creditCount += credits;
        note({ creditCount });
      },
    });
    note({
      rejected: listing.rejected.slice(0, mostNamed).map(coin => ({ ...coin })),
      rejectedCount: listing.rejected.length,
    });
    const report = await ingestListing(db, settings.source, listing);
    note({ observedAt: report.observedAt.toISOString(), coins: report.coins });
    const { published, failed, lastError } = await drainOutbox(db, publish, [
      "prices.ingested",
      "signals.detected",
    ]);
    return {
      recordsProcessed: report.newPrices,
      details: { published, unpublished: failed, publishError: lastError },
    };
  });
});
