import { type MarketSource, pricesIngested } from "@vibe-charting/contracts";
import {
  addToOutbox,
  addUnrankedCoins,
  type Database,
  ensurePricePartitions,
  findNewestListing,
  insertAnchorPrices,
  insertPrices,
  type LeasedEvent,
  type ListedCoin,
  lockListings,
  type Queryable,
  readUnobservedWindows,
  recordListing,
  unrankOtherCoins,
  upsertCoins,
} from "@vibe-charting/database";
import { addedLease } from "@vibe-charting/runtime";
import { anchorPrices, anchorWindows } from "./anchor-prices.ts";
import { coinKind } from "./coinmarketcap/coin-kind.ts";
import type { ParsedListing, QuotedCoin } from "./coinmarketcap/parse-listing.ts";
import { recordMarketMoves } from "./record-market-moves.ts";
import { refuseOtherMarket } from "./refuse-other-market.ts";

export type IngestionReport = {
  /** The listing's time: its newest observation. */
  readonly observedAt: Date;
  readonly coins: number;
  /** Coins with a price that was not known before; each has an event in the outbox. */
  readonly newPrices: number;
  /** Those events, leased to the caller. */
  readonly events: readonly LeasedEvent[];
};

/** A provider quotes the coins of one listing within minutes of each other; a price that is older is a stale one. */
const oneListingMs = 10 * 60 * 1_000;

/**
 * Takes a listing in: coins, prices and one `prices.ingested` for each coin with a new price, all in one
 * transaction. The same listing again changes nothing, and an older one moves no rank. Prices that were quoted
 * within minutes of each other count as observed at the listing's time, like the market's own sample. Throws when
 * the database holds another kind of market, or when the listing has no usable coin.
 */
export async function ingestListing(
  db: Database,
  source: MarketSource,
  received: ParsedListing,
): Promise<IngestionReport> {
  const listing = { ...received, coins: atOneTime(received.coins) };
  const newestTime = Math.max(...listing.coins.map(coin => coin.observedAt.getTime()));
  if (!Number.isFinite(newestTime)) {
    throw new Error(
      `The listing has no usable coin; the first problem: ${listing.rejected[0]?.reason ?? "it is empty"}`,
    );
  }
  const observedAt = new Date(newestTime);
  const oldestAt = new Date(Math.min(...listing.coins.map(coin => coin.observedAt.getTime())));
  await refuseOtherMarket(db, source, "the listing is");
  await ensurePricePartitions(db, oldestAt, observedAt);

  const taken = await db.transaction(async tx => {
    // What the market did is told from the listing before: one at a time.
    await lockListings(tx);
    // Again, as another listing may have been first since.
    await refuseOtherMarket(tx, source, "the listing is");
    const newest = await findNewestListing(tx);
    const coins = listing.coins.map(toListedCoin);
    const isNewest = newest === null || newest.observedAt <= observedAt;
    const ids = isNewest ? await upsertCoins(tx, coins) : await addUnrankedCoins(tx, coins);
    if (isNewest) await unrankOtherCoins(tx, [...ids.keys()]);

    const prices = listing.coins.flatMap(({ cmcId, rank, ...price }) => {
      const cryptoId = ids.get(cmcId);
      return cryptoId === undefined ? [] : [{ ...price, cryptoId, rank }];
    });
    const inserted = insertPrices(tx, prices, observedAt);
    // Made while the database works: 10,000 take as long as a third of it.
    const events = new Map(listing.coins.map(coin => [ids.get(coin.cmcId), toEvent(coin)]));
    const fresh = new Set(await inserted);
    await keepAnchors(
      tx,
      prices.filter(({ cryptoId }) => fresh.has(cryptoId)),
    );
    await recordListing(tx, observedAt, source, listing.coins.length);
    await recordMarketMoves(tx, observedAt, source);

    const news = [...events].flatMap(([id, event]) => (id !== undefined && fresh.has(id) ? [event] : []));
    return { newPrices: fresh.size, events: await addToOutbox(tx, news, addedLease) };
  });
  return { observedAt, coins: listing.coins.length, ...taken };
}

/** Keeps what the provider's changes tell of times that no observed price of the coin is near. */
async function keepAnchors(
  tx: Queryable,
  quotes: readonly (Pick<QuotedCoin, "priceUsd" | "observedAt" | "changes"> & { cryptoId: number })[],
): Promise<void> {
  const unobserved = await readUnobservedWindows(tx, quotes, anchorWindows);
  const anchors = quotes.flatMap(({ cryptoId, changes, ...quote }) => {
    const windows = unobserved.get(cryptoId);
    return anchorPrices(cryptoId, { ...quote, changes: changes.filter(({ hours }) => windows?.has(hours)) });
  });
  await insertAnchorPrices(tx, anchors);
}

function atOneTime(coins: readonly QuotedCoin[]): readonly QuotedCoin[] {
  const newestAt = new Date(Math.max(...coins.map(coin => coin.observedAt.getTime())));
  return coins.map(coin =>
    newestAt.getTime() - coin.observedAt.getTime() <= oneListingMs ? { ...coin, observedAt: newestAt } : coin,
  );
}

function toListedCoin({ cmcId, symbol, name, slug, rank, tags }: QuotedCoin): ListedCoin {
  return { cmcId, symbol, name, slug, rank, kind: coinKind(tags) };
}

function toEvent({ cmcId, symbol, observedAt }: QuotedCoin) {
  const at = observedAt.toISOString();
  return pricesIngested({ cmcId, symbol, from: at, to: at, reason: "listing" });
}
