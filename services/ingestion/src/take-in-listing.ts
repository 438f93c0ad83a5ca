import { type Publisher, publishAdded, type TaskContext, type TaskResult } from "@vibe-charting/runtime";
import { z } from "zod";
import { listingFetcher } from "./coinmarketcap/fetch-listing.ts";
import { ingestListing } from "./ingest-listing.ts";
import { unlessPaused } from "./provider-pause.ts";
import type { ProviderSettings } from "./provider-settings.ts";

/** Kept back of the function's time for storing and publishing. */
const reserveMs = 60_000;
/** Coins left out that a run's record names; the others are counted. */
const mostNamed = 50;

const IngestionEvent = z.object({ ignorePause: z.boolean().default(false) });

export type IngestionPorts = {
  readonly readSettings: () => Promise<ProviderSettings>;
  readonly trackedCoins: number;
  readonly publish: Publisher;
};

/** Fetches the listing, stores it and publishes its events; what SNS does not take waits for the next drain. */
export async function takeInListing(
  event: unknown,
  { db, now, note, remainingMs }: TaskContext,
  { readSettings, trackedCoins, publish }: IngestionPorts,
): Promise<TaskResult> {
  const { ignorePause } = IngestionEvent.parse(event ?? {});
  return await unlessPaused(db, { now, ignorePause }, async () => {
    const settings = await readSettings();
    let creditCount = 0;
    note({ source: settings.source, creditCount });
    const listing = await listingFetcher(settings)(trackedCoins, {
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
    const topics = ["prices.ingested", "signals.detected"] as const;
    const { published, failed, lastError } = await publishAdded(db, publish, topics, report.events);
    return {
      recordsProcessed: report.newPrices,
      details: { published, unpublished: failed, publishError: lastError },
    };
  });
}
