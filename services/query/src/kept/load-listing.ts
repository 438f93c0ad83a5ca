import {
  type CoinName,
  findNearestSnapshot,
  type ListedCoinRow,
  type ObservedPrice,
  type Queryable,
  readListedPrices,
  readMarketView,
  readPricesBetween,
} from "@vibe-charting/database";

/** What a coin's price was at a window's start, and whether it follows from the provider's own change. */
export type StartPrice = { readonly priceUsd: number; readonly isQuoted: boolean };

/** The coins of a listing, best rank first. Null where one of them is not among the known ones. */
export async function loadListing(
  db: Queryable,
  observedAt: Date,
  known: ReadonlyMap<number, CoinName>,
): Promise<readonly ListedCoinRow[] | null> {
  const coins: ListedCoinRow[] = [];
  for (const price of await readListedPrices(db, observedAt)) {
    const coin = known.get(price.cryptoId);
    if (!coin) return null;
    const { cryptoId, rank, priceUsd, volume24hUsd, marketCapUsd } = price;
    const { cmc_id: cmcId, symbol, name, kind } = coin;
    coins.push({
      cryptoId,
      cmcId,
      symbol,
      name,
      kind,
      rank,
      observedAt: price.observedAt,
      priceUsd,
      volume24hUsd,
      marketCapUsd,
    });
  }
  return coins.sort((a, b) => (a.rank ?? Infinity) - (b.rank ?? Infinity) || a.cmcId - b.cmcId);
}

const hourMs = 60 * 60 * 1_000;

/**
 * The price of each coin at a window's start: its observation nearest to it, at most `toleranceMs` away and before
 * the listing's. Most coins were observed together: all prices as near as the nearest listing are read at once, and
 * only the coins without one of those are looked up each by itself.
 */
export async function loadStartPrices(
  db: Queryable,
  listing: { readonly observedAt: Date; readonly coins: readonly ListedCoinRow[] },
  window: { readonly windowStart: Date; readonly toleranceMs: number },
): Promise<ReadonlyMap<number, StartPrice>> {
  const { windowStart, toleranceMs } = window;
  const start = windowStart.getTime();
  const snapshot = await findNearestSnapshot(db, windowStart, toleranceMs);
  const nearest = new Map<number, ObservedPrice>();
  const listedAt = new Map(listing.coins.map(coin => [coin.cryptoId, coin.observedAt.getTime()]));
  if (snapshot) {
    // The prices of an hour of the past were observed within it.
    const within = snapshot.origin === "listing" ? 0 : hourMs;
    const reachMs = Math.min(Math.abs(snapshot.observedAt.getTime() - start) + within, toleranceMs);
    const prices = await readPricesBetween(db, new Date(start - reachMs), new Date(start + reachMs));
    for (const price of prices) {
      if (price.at >= (listedAt.get(price.cryptoId) ?? Number.NEGATIVE_INFINITY)) continue;
      const known = nearest.get(price.cryptoId);
      if (!known || isNearer(price.at, known.at, start)) nearest.set(price.cryptoId, price);
    }
  }
  const starts = new Map(
    [...nearest].map(([cryptoId, { priceUsd }]) => [cryptoId, { priceUsd, isQuoted: false }]),
  );
  const others = listing.coins.map(coin => coin.cryptoId).filter(cryptoId => !starts.has(cryptoId));
  if (others.length === 0) return starts;
  const moment = { kind: "listing", at: listing.observedAt } as const;
  for (const row of await readMarketView(db, { moment, ...window, cryptoIds: others })) {
    const { cryptoId, startPriceUsd: priceUsd, isStartQuoted: isQuoted } = row;
    if (priceUsd !== null) starts.set(cryptoId, { priceUsd, isQuoted });
  }
  return starts;
}

/** Whether one time is nearer to the start than another; of two that are as near, the earlier one is. */
function isNearer(at: number, than: number, start: number): boolean {
  const distance = Math.abs(at - start);
  const other = Math.abs(than - start);
  return distance < other || (distance === other && at < than);
}
