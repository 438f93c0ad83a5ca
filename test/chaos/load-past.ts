import { analyzeCoin } from "@vibe-charting/analysis/src/analyze-coin.ts";
import { marketLoader } from "@vibe-charting/analysis/src/load-history.ts";
import { PricesIngested, pricesIngested } from "@vibe-charting/contracts";
import {
  type Database,
  ensurePricePartitions,
  insertPrices,
  recordPastSnapshots,
  upsertCoins,
} from "@vibe-charting/database";
import { sql } from "slonik";
import { at, historyHours, knownCoins, listingCount, quoteOf } from "./market.ts";

/** The market's past, analysed, and the table of a subscriber that notes what it was told. */
export async function loadPast(db: Database): Promise<void> {
  const ids = await upsertCoins(db, knownCoins);
  await ensurePricePartitions(db, at(-historyHours), at(listingCount));
  const hours = Array.from({ length: historyHours }, (_, index) => index - historyHours);
  const prices = [...ids].flatMap(([cmcId, cryptoId]) =>
    hours.map(hour => ({
      ...quoteOf(cmcId, hour),
      cryptoId,
      observedAt: at(hour),
      marketCapUsd: null,
      rank: null,
    })),
  );
  await insertPrices(db, prices, null);
  await recordPastSnapshots(db, "demo", at(-historyHours), at(-1));
  const loadMarket = marketLoader();
  for (const { cmcId, symbol } of knownCoins) {
    const [from, to] = [at(-historyHours).toISOString(), at(-1).toISOString()];
    const { json } = pricesIngested({ cmcId, symbol, from, to, reason: "backfill" }, "past");
    await analyzeCoin(db, loadMarket, PricesIngested.parse(JSON.parse(json)));
  }
  // Not unique: it must be the inbox that keeps an alert from being taken twice.
  await db.query(
    sql.unsafe`CREATE TABLE told_alerts (event_id text NOT NULL, told_at timestamptz DEFAULT now())`,
  );
}
