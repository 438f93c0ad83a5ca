import type { MarketSource } from "@vibe-charting/contracts";
import { findMarketSource, type Queryable } from "@vibe-charting/database";

/** Throws when the database holds another kind of market than `what` is of: real and simulated are never mixed. */
export async function refuseOtherMarket(db: Queryable, source: MarketSource, what: string): Promise<void> {
  const held = await findMarketSource(db);
  if (held === null || held === source) return;
  throw new Error(
    `The database holds the ${held} market, ${what} of the ${source} market: they are never mixed. Use a database of its own for each (the local stage: start with --reset).`,
  );
}
