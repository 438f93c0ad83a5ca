import { type MarketSource, pricesIngested } from "@vibe-charting/contracts";
import {
  addToOutbox,
  type CoinRow,
  type Database,
  ensurePricePartitions,
  insertPrices,
  recordPastSnapshots,
} from "@vibe-charting/database";
import type { PastPrice } from "./coingecko/fetch-history.ts";
import { refuseOtherMarket } from "./refuse-other-market.ts";

export type CoinHistory = {
  readonly coin: Pick<CoinRow, "id" | "cmc_id" | "symbol">;
  readonly prices: readonly PastPrice[];
};

/** Stores a coin's past prices, each once; a price that is there already stays. Gives how many were new. */
export async function storeHistory(db: Database, { coin, prices }: CoinHistory): Promise<number> {
  const [first, last] = [prices.at(0), prices.at(-1)];
  if (!first || !last) return 0;
  await ensurePricePartitions(db, first.observedAt, last.observedAt);
  const rows = prices.map(price => ({ ...price, cryptoId: coin.id, rank: null }));
  return (await insertPrices(db, rows, null)).length;
}

/**
 * Tells the analysis of stored histories: what the market did meanwhile, and one `prices.ingested` for each coin
 * with its range, in one transaction. `revision` tells one load from the next.
 */
export async function announceHistories(
  db: Database,
  source: MarketSource,
  histories: readonly CoinHistory[],
  revision: string,
): Promise<number> {
  const ranges = histories.flatMap(({ coin, prices }) => {
    const [first, last] = [prices.at(0), prices.at(-1)];
    return first && last ? [{ coin, from: first.observedAt, to: last.observedAt }] : [];
  });
  if (ranges.length === 0) return 0;
  const from = new Date(Math.min(...ranges.map(range => range.from.getTime())));
  const to = new Date(Math.max(...ranges.map(range => range.to.getTime())));
  const events = ranges.map(range =>
    pricesIngested(
      {
        cmcId: range.coin.cmc_id,
        symbol: range.coin.symbol,
        from: range.from.toISOString(),
        to: range.to.toISOString(),
        reason: "backfill",
      },
      revision,
    ),
  );
  await db.transaction(async tx => {
    await refuseOtherMarket(tx, source, "the past prices are");
    await recordPastSnapshots(tx, source, from, to);
    await addToOutbox(tx, events);
  });
  return events.length;
}
