import type { Timeframe } from "@vibe-charting/contracts";
import { type Queryable, type ReadTrend, readTrendChanges } from "@vibe-charting/database";
import { changeFollower } from "./follow-changes.ts";

/** The newest trends of one timeframe, by the coins' ids. */
export type TrendsOfTimeframe = ReadonlyMap<number, ReadTrend>;

export function trendFollower(timeframe: Timeframe): (db: Queryable) => Promise<TrendsOfTimeframe> {
  return changeFollower<TrendsOfTimeframe, ReadTrend>(
    new Map(),
    async (db, since) => {
      const { trends, seen } = await readTrendChanges(db, timeframe, since);
      return { changes: trends, seen };
    },
    (trends, changes) => {
      const fresh = changes.filter(change => !isSame(change, trends.get(change.cryptoId)));
      if (fresh.length === 0) return trends;
      const result = new Map(trends);
      for (const trend of fresh) result.set(trend.cryptoId, trend);
      return result;
    },
  );
}

function isSame(a: ReadTrend, b: ReadTrend | undefined): boolean {
  return (
    b !== undefined &&
    a.asOf.getTime() === b.asOf.getTime() &&
    a.type === b.type &&
    a.confidence === b.confidence &&
    a.changePct === b.changePct &&
    a.volatility === b.volatility &&
    a.notes.length === b.notes.length &&
    a.notes.every((note, index) => note === b.notes[index])
  );
}
