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

/** What a coin's price was at a window's start, and whether it follows from the provider's own change: most were observed. */
export type StartPrice = { readonly priceUsd: number; readonly isQuoted?: boolean };

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

/** A window's start, and how far from it the price may lie that stands for it. */
export type PriceWindow = { readonly windowStart: Date; readonly toleranceMs: number };

/**
 * The prices around a window's start, of all coins: most were observed together, so that all prices as near to the start
 * as the nearest listing are read at once. It needs no listing, and can be read beside it.
 */
export async function loadPricesNear(
  db: Queryable,
  { windowStart, toleranceMs }: PriceWindow,
): Promise<readonly ObservedPrice[]> {
  const start = windowStart.getTime();
  const snapshot = await findNearestSnapshot(db, windowStart, toleranceMs);
  if (!snapshot) return [];
  // The prices of an hour of the past were observed within it.
  const within = snapshot.origin === "listing" ? 0 : hourMs;
  const reachMs = Math.min(Math.abs(snapshot.observedAt.getTime() - start) + within, toleranceMs);
  return await readPricesBetween(db, new Date(start - reachMs), new Date(start + reachMs));
}

/**
 * The price of each coin at a window's start: its observation nearest to it, at most `toleranceMs` away and before
 * the listing's. Only the coins that none of the prices `near` the start is of are looked up, each by itself.
 */
export async function findStartPrices(
  db: Queryable,
  listing: { readonly observedAt: Date; readonly coins: readonly ListedCoinRow[] },
  window: PriceWindow,
  near: readonly ObservedPrice[],
): Promise<ReadonlyMap<number, StartPrice>> {
  const start = window.windowStart.getTime();
  const nearest = new Map<number, ObservedPrice>();
  for (const price of beforeListed(near, listing.coins)) {
    const known = nearest.get(price.cryptoId);
    if (!known || isNearer(price.at, known.at, start)) nearest.set(price.cryptoId, price);
  }
  const others = listing.coins.filter(({ cryptoId }) => !nearest.has(cryptoId));
  if (others.length === 0) return nearest;
  const moment = { kind: "listing", at: listing.observedAt } as const;
  const starts = new Map<number, StartPrice>(nearest);
  const cryptoIds = others.map(({ cryptoId }) => cryptoId);
  for (const row of await readMarketView(db, { moment, ...window, cryptoIds })) {
    const { cryptoId, startPriceUsd: priceUsd, isStartQuoted: isQuoted } = row;
    if (priceUsd !== null) starts.set(cryptoId, { priceUsd, isQuoted });
  }
  return starts;
}

/** The prices that were observed before the listing's own of their coin; where windows are short, some were not. */
function beforeListed(
  prices: readonly ObservedPrice[],
  coins: readonly ListedCoinRow[],
): readonly ObservedPrice[] {
  const latest = prices.reduce((at, price) => Math.max(at, price.at), Number.NEGATIVE_INFINITY);
  if (coins.every(({ observedAt }) => observedAt.getTime() > latest)) return prices;
  const listedAt = new Map(coins.map(({ cryptoId, observedAt }) => [cryptoId, observedAt.getTime()]));
  return prices.filter(({ cryptoId, at }) => at < (listedAt.get(cryptoId) ?? Number.NEGATIVE_INFINITY));
}

/** Whether one time is nearer to the start than another; of two that are as near, the earlier one is. */
function isNearer(at: number, than: number, start: number): boolean {
  const distance = Math.abs(at - start);
  const other = Math.abs(than - start);
  return distance < other || (distance === other && at < than);
}
