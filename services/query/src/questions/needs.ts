import type { Timeframe } from "@vibe-charting/contracts";
import type { PriceWindow } from "../kept/load-listing.ts";
import type { Plan } from "./plan.ts";

const hourMs = 60 * 60 * 1_000;
/** How far a window's start may lie from the price that stands for it, at most. */
const longestToleranceMs = 12 * hourMs;
/** Signals that ended this long ago still count where no window is asked for. */
const recentSignalsMs = 7 * 24 * hourMs;

const allTimeframes: readonly Timeframe[] = ["24h", "7d", "30d", "90d"];

/** What a plan needs beside prices. */
export type Needs = {
  readonly timeframes: readonly Timeframe[];
  /** The timeframe whose trends tell whether a coin is analysed at all, where no trend is looked at; null elsewhere. */
  readonly analysis: Timeframe | null;
  /** The signals that count: those that changed since a time, and, where `open` says so, all open ones. */
  readonly signals: { readonly since: Date; readonly open: boolean } | null;
};

export function needsOf(plan: Plan, isPast: boolean): Needs {
  const { from, to } = plan.window;
  const isListOfSignals = plan.screens.includes("signal");
  const needsSignals = plan.named !== null || plan.market || isListOfSignals;
  const timeframes = plan.named === null ? listedTimeframes(plan) : allTimeframes;
  return {
    timeframes,
    // Of those that would do, the one that may lag the longest.
    analysis: isListOfSignals && !isPast && timeframes.length === 0 ? plan.volatilityTimeframe : null,
    signals: !needsSignals
      ? null
      : plan.hasWindow && isListOfSignals
        ? { since: from, open: false }
        : { since: new Date(to.getTime() - recentSignalsMs), open: true },
  };
}

/** The timeframes that a question about no coin by name looks at: each is a trend of every coin. */
function listedTimeframes({
  market,
  screens,
  trendTimeframe,
  volatilityTimeframe,
}: Plan): readonly Timeframe[] {
  const asked = new Set<Timeframe>();
  if (market || screens.includes("trend")) asked.add(trendTimeframe);
  if (screens.includes("volatility")) asked.add(volatilityTimeframe);
  return [...asked];
}

/** Which price stands for a window's start. */
export function startOf({ window: { from, to } }: Plan): PriceWindow {
  return {
    windowStart: from,
    toleranceMs: Math.min((to.getTime() - from.getTime()) / 4, longestToleranceMs),
  };
}
