import type { Signal, Timeframe } from "@vibe-charting/contracts";
import { timeframeFor } from "../ask/timeframe-for.ts";

/** Of the time since a signal's first point, so that what was before it is seen too. */
const before = 0.4;

/** The shortest timeframe that shows a signal's whole evidence and some time before it. */
export function timeframeShowing(signal: Pick<Signal, "openedAt" | "evidence">, asOf: string): Timeframe {
  const times = [signal.openedAt, ...signal.evidence.points.map(({ at }) => at)].map(at => Date.parse(at));
  const now = Date.parse(asOf);
  const from = now - (1 + before) * (now - Math.min(...times));
  return timeframeFor({ from: new Date(from).toISOString(), to: asOf });
}
