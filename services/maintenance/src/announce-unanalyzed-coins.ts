import { pricesIngested } from "@vibe-charting/contracts";
import { addToOutbox, type Database, listUnanalyzedCoins } from "@vibe-charting/database";

/**
 * Puts an event into the outbox for each listed coin whose newest price has no analysis, under an id of this run.
 * Gives the coins' symbols.
 */
export async function announceUnanalyzedCoins(db: Database, runAt: Date): Promise<readonly string[]> {
  const behind = await listUnanalyzedCoins(db);
  const events = behind.map(({ cmcId, symbol, newestAt }) => {
    const at = newestAt.toISOString();
    return pricesIngested({ cmcId, symbol, from: at, to: at, reason: "catch_up" }, runAt.toISOString());
  });
  await addToOutbox(db, events);
  return behind.map(({ symbol }) => symbol);
}
