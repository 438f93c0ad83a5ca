import type { Timeframe } from "@vibe-charting/contracts";
import { type MarketRow, type Queryable, type ReadTrend, readPriceSeries } from "@vibe-charting/database";
import { analyzeTrends, lookbackDays } from "@vibe-charting/market";
import { toSamples } from "./to-samples.ts";

const dayMs = 24 * 60 * 60 * 1_000;

/** Works the trends of coins out again as they stood at the time of their rows: only the newest ones are stored. */
export async function recomputeTrends(
  db: Queryable,
  rows: readonly MarketRow[],
  timeframes: readonly Timeframe[],
): Promise<readonly ReadTrend[]> {
  const trends: ReadTrend[] = [];
  for (const { cryptoId, cmcId, symbol, kind, observedAt } of rows) {
    const after = new Date(observedAt.getTime() - lookbackDays * dayMs);
    const samples = toSamples(await readPriceSeries(db, cryptoId, after, observedAt));
    const coin = { id: cmcId, symbol, kind };
    for (const trend of analyzeTrends({ coin, samples, asOf: observedAt.getTime() })) {
      if (timeframes.includes(trend.timeframe)) trends.push({ ...trend, cryptoId, asOf: observedAt });
    }
  }
  return trends;
}
