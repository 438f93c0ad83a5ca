import { ReplayDataError } from "./replay-data-error.ts";

/** Above every id that CoinMarketCap gives, and within 32 bits with sign, as the database keeps ids. */
const firstId = 1_000_000_000;
const idCount = 1_000_000_000;

/**
 * The identity of a replayed coin: FNV-1a of its CoinGecko id, taken into 1,000,000,000 to 1,999,999,999. It depends
 * on nothing but the CoinGecko id, so it stays the same over files, stretches of time and restarts.
 */
export function replayedCoinId(coingeckoId: string): number {
  let hash = 0x811c9dc5;
  for (const byte of Buffer.from(coingeckoId, "utf8")) hash = Math.imul(hash ^ byte, 0x01000193);
  return firstId + ((hash >>> 0) % idCount);
}

/** The id of each coin; throws when two coins of the file would share one. */
export function replayedCoinIds(
  csvPath: string,
  coingeckoIds: Iterable<string>,
  idOf: (coingeckoId: string) => number = replayedCoinId,
): ReadonlyMap<string, number> {
  const ids = new Map<string, number>();
  const owners = new Map<number, string>();
  for (const coingeckoId of coingeckoIds) {
    if (ids.has(coingeckoId)) continue;
    const id = idOf(coingeckoId);
    const owner = owners.get(id);
    if (owner !== undefined) {
      throw new ReplayDataError(
        `${csvPath}: the coins ${owner} and ${coingeckoId} would get the same id ${id}. ` +
          "Leave one of them out of the file: their prices cannot be told apart.",
      );
    }
    ids.set(coingeckoId, id);
    owners.set(id, coingeckoId);
  }
  return ids;
}
