import { type MarketSource, pricesIngested } from "@vibe-charting/contracts";
import {
  addToOutbox,
  type CoinHistoryRow,
  type Database,
  ensurePricePartitions,
  insertPrices,
  recordHistoryStored,
  recordPastSnapshots,
  takeUnannouncedHistories,
} from "@vibe-charting/database";
import type { PastPrice } from "./coingecko/fetch-history.ts";
import { refuseOtherMarket } from "./refuse-other-market.ts";

/** A coin's past prices in the stretch that was asked for, and when. */
export type LoadedHistory = {
  readonly coin: Pick<CoinHistoryRow, "crypto_id">;
  readonly prices: readonly PastPrice[];
  readonly asked: { readonly from: Date; readonly to: Date };
  readonly checkedAt: Date;
};

/**
 * Stores a coin's past prices, each once, and the stretch that they cover, or nothing; a price that is there already
 * stays. Gives how many were new.
 */
export async function storeHistory(
  db: Database,
  { coin, prices, asked, checkedAt }: LoadedHistory,
): Promise<number> {
  const [first, last] = [prices.at(0), prices.at(-1)];
  if (!first || !last) return 0;
  await ensurePricePartitions(db, first.observedAt, last.observedAt);
  const rows = prices.map(price => ({ ...price, cryptoId: coin.crypto_id, rank: null }));
  return await db.transaction(async tx => {
    const fresh = await insertPrices(tx, rows, null);
    await recordHistoryStored(tx, coin.crypto_id, asked, checkedAt);
    return fresh.length;
  });
}

/**
 * Tells the analysis of every stored history that it was not told of: what the market did meanwhile, and one
 * `prices.ingested` for each coin with its stretch, in one transaction. Gives how many coins.
 */
export async function announceHistories(db: Database, source: MarketSource, now: Date): Promise<number> {
  return await db.transaction(async tx => {
    await refuseOtherMarket(tx, source, "the past prices are");
    const histories = await takeUnannouncedHistories(tx, now);
    if (histories.length === 0) return 0;
    const from = new Date(Math.min(...histories.map(({ asked_from }) => asked_from.getTime())));
    const to = new Date(Math.max(...histories.map(({ asked_to }) => asked_to.getTime())));
    await recordPastSnapshots(tx, source, from, to);
    const events = histories.map(history =>
      pricesIngested(
        {
          cmcId: history.cmc_id,
          symbol: history.symbol,
          from: history.asked_from.toISOString(),
          to: history.asked_to.toISOString(),
          reason: "backfill",
        },
        // One load is told from the next: the same stretch may be loaded again.
        now.toISOString(),
      ),
    );
    await addToOutbox(tx, events);
    return events.length;
  });
}
