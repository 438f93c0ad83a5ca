import type { MarketSource } from "@vibe-charting/contracts";
import { findNewestListing, type Queryable } from "@vibe-charting/database";
import { ProblemError } from "@vibe-charting/runtime";

/** The listing that answers rest on. Throws a problem while there is none. */
export async function newestListing(
  db: Queryable,
  asOf?: Date,
): Promise<{ observedAt: Date; source: MarketSource }> {
  const listing = await findNewestListing(db, asOf);
  if (listing) return listing;
  throw asOf
    ? new ProblemError("request.invalid", `There is no data at or before ${asOf.toISOString()}.`, {
        errors: [{ field: "asOf", message: "lies before the first listing" }],
      })
    : new ProblemError(
        "service.unavailable",
        "No listing has been taken in yet. Try again once the first ingestion has run.",
      );
}
