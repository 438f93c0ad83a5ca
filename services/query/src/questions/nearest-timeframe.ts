import { Timeframe } from "@vibe-charting/contracts";
import { timeframeMs } from "../market/timeframe-ms.ts";

/** The kept timeframe that is nearest to a window's length, by their ratio. */
export function nearestTimeframe(lengthMs: number): { timeframe: Timeframe; isExact: boolean } {
  const distance = (timeframe: Timeframe) =>
    Math.abs(Math.log(Math.max(lengthMs, 1) / timeframeMs[timeframe]));
  const timeframe = Timeframe.options.reduce((nearest, other) =>
    distance(other) < distance(nearest) ? other : nearest,
  );
  return { timeframe, isExact: timeframeMs[timeframe] === lengthMs };
}
