import type { Timeframe } from "@vibe-charting/contracts";
import {
  type AnalysisTime,
  type Queryable,
  type ReadTrend,
  readAnalysisTimes,
  readTrendChanges,
} from "@vibe-charting/database";
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

/** What each coin was last analysed up to, in milliseconds since the epoch, by the coins' ids. */
export type AnalysisTimes = ReadonlyMap<number, number>;

/** Follows the times of one timeframe's trends, for whoever needs nothing else of them. */
export function analysisTimeFollower(timeframe: Timeframe): (db: Queryable) => Promise<AnalysisTimes> {
  return changeFollower<AnalysisTimes, AnalysisTime>(
    new Map(),
    async (db, since) => {
      const { times, seen } = await readAnalysisTimes(db, timeframe, since);
      return { changes: times, seen };
    },
    (times, changes) => {
      const fresh = changes.filter(({ cryptoId, asOf }) => times.get(cryptoId) !== asOf);
      if (fresh.length === 0) return times;
      const result = new Map(times);
      for (const { cryptoId, asOf } of fresh) result.set(cryptoId, asOf);
      return result;
    },
  );
}
