import type { MarketSource } from "@vibe-charting/contracts";
import { type Queryable, readListingFacts } from "@vibe-charting/database";

const dayMs = 24 * 60 * 60 * 1_000;
/** The schedule's interval while there is only one listing to go by. */
const defaultIntervalMs = dayMs;
const leastIntervalMs = 5 * 60 * 1_000;

/** Whether a listing is older than two ingestion intervals at `now`. A simulated market's newest is its present. */
export async function isStale(
  db: Queryable,
  listing: { observedAt: Date; source: MarketSource },
  now: Date,
): Promise<boolean> {
  if (listing.source !== "coinmarketcap") return false;
  const { previousAt } = await readListingFacts(db, listing.observedAt);
  const interval = previousAt ? listing.observedAt.getTime() - previousAt.getTime() : defaultIntervalMs;
  return (
    now.getTime() - listing.observedAt.getTime() > 2 * Math.min(Math.max(interval, leastIntervalMs), dayMs)
  );
}
