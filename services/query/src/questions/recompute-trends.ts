import {
  type ListedCoinRow,
  type Queryable,
  type ReadTrend,
  readPriceSeriesOfCoins,
} from "@vibe-charting/database";
import { analyzeTrends, lookbackDays } from "@vibe-charting/market";
import { toSamples } from "./to-samples.ts";

const dayMs = 24 * 60 * 60 * 1_000;
/** Coins whose prices are read at once: some ten megabytes of hourly ones. */
const coinsAtOnce = 100;

/** The coins of a past market whose trends are worked out, best rank first: each has thousands of prices to read. */
export const mostRecomputed = 500;

/** Works all trends of coins out again as they stood at the time of their rows: only the newest ones are stored. */
export async function recomputeTrends(
  db: Queryable,
  rows: readonly ListedCoinRow[],
): Promise<readonly ReadTrend[]> {
  const parts: Promise<readonly ReadTrend[]>[] = [];
  for (let first = 0; first < rows.length; first += coinsAtOnce) {
    parts.push(recomputePart(db, rows.slice(first, first + coinsAtOnce)));
  }
  return (await Promise.all(parts)).flat();
}

async function recomputePart(db: Queryable, rows: readonly ListedCoinRow[]): Promise<readonly ReadTrend[]> {
  const times = rows.map(({ observedAt }) => observedAt.getTime());
  const earliest = new Date(Math.min(...times) - lookbackDays * dayMs);
  const ids = rows.map(({ cryptoId }) => cryptoId);
  const series = await readPriceSeriesOfCoins(db, ids, earliest, new Date(Math.max(...times)));
  return rows.flatMap(({ cryptoId, cmcId, symbol, kind, observedAt }) => {
    const asOf = observedAt.getTime();
    const prices = series.get(cryptoId);
    const samples = prices ? toSamples(prices).filter(({ at }) => at > asOf - lookbackDays * dayMs) : [];
    const trends = analyzeTrends({ coin: { id: cmcId, symbol, kind }, samples, asOf });
    return trends.map(trend => ({ ...trend, cryptoId, asOf: observedAt }));
  });
}
