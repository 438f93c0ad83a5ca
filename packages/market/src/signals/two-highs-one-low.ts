import { valueAt } from "../columns.ts";
import { clamp } from "../statistics.ts";
import { dayMs, longestWindowDays } from "../time.ts";
import type { Assessment, Detector, Memory, OpenEpisode, Verdict, View } from "./detector.ts";
import { type DoubleTop, findDoubleTop, type TopLimits } from "./double-top.ts";
import { atLeast, atMost, evidence, pointAt, timeOf, toUsd } from "./evidence.ts";
import { barObservedAt, barsBefore, recentScale } from "./window.ts";

const rules = {
  leastBars: 40,
  /** Days over which the daily deviation is weighed; older returns count little. */
  scaleDays: 60,
  /** A day's deviations beyond the neckline or the highs that make the break count. */
  breakScales: 0.25,
  longestDays: 30,
  /** Share of episodes that reach either line in time, on random walks. */
  decided: 0.87,
};

/** After Bulkowski (two to six weeks apart, tops alike, a valley of 10 % or more), in the coin's own deviations. */
function limitsAt(scale: number): TopLimits {
  return {
    leastGapDays: 10,
    longestGapDays: 50,
    tolerance: Math.min(0.05, 1.2 * scale),
    depth: Math.max(0.1, 3.15 * scale),
    rise: Math.max(0.15, 3.5 * scale),
    riseDays: 30,
    fall: 1.5 * scale,
    fallOfDepth: 0.5,
    misfit: 0.7 * scale,
    misfitOfDepth: 0.14,
    longestSinceDays: 30,
  };
}

type Shape = {
  readonly h1: number;
  readonly low: number;
  readonly h2: number;
  readonly scale: number;
};

export const twoHighsOneLow: Detector = {
  type: "two_highs_one_low",
  version: "1",
  states: ["forming", "confirmed", "failed", "resolved"],
  interval: "daily",
  cooldownMs: 5 * dayMs,
  open(view, last) {
    const found = find(view);
    if (found === null) return null;
    const shape = { ...found.top, scale: found.scale };
    if (timeOf(view, shape.h2) <= (last?.h2At ?? Number.NEGATIVE_INFINITY)) return null;
    const { logPrice } = view.bars;
    const line = neckline(view, shape) - rules.breakScales * shape.scale;
    const broken = valueAt(logPrice, view.index) < line;
    // A fast fall shows the shape and breaks it on one day; an older break is no news.
    if (broken && valueAt(logPrice, view.index - 1) < line) return null;
    return verdict(view, broken ? "confirmed" : "forming", shape, memoryOf(view, shape));
  },
  follow,
  assess(view) {
    const found = find(view);
    if (found === null) return { evidence: evidence({ notes: notesOf(view) }), confidence: 0 };
    return assessment(view, { ...found.top, scale: found.scale }, "forming");
  },
};

function find(view: View): { top: DoubleTop; scale: number } | null {
  const from = barsBefore(view, longestWindowDays);
  if (view.index - from + 1 < rules.leastBars) return null;
  const scale = recentScale(view, rules.scaleDays);
  if (!(scale > 0.002)) return null;
  const top = findDoubleTop(view.bars, from, view.index, limitsAt(scale));
  return top === null ? null : { top, scale };
}

function notesOf(view: View): string[] {
  const days = view.index - barsBefore(view, longestWindowDays) + 1;
  return days < rules.leastBars
    ? [`No verdict on two highs: it needs ${rules.leastBars} days of prices.`]
    : [
        "No two like highs with a valley between them end here. Daily prices only: shapes within a day are not seen.",
      ];
}

function memoryOf(view: View, { h1, low, h2, scale }: Shape): Memory {
  return { h1At: timeOf(view, h1), lowAt: timeOf(view, low), h2At: timeOf(view, h2), scale };
}

function follow(view: View, episode: OpenEpisode): Verdict {
  const { memory } = episode;
  const shape = {
    h1: barObservedAt(view, memory.h1At ?? 0),
    low: barObservedAt(view, memory.lowAt ?? 0),
    h2: barObservedAt(view, memory.h2At ?? 0),
    scale: memory.scale ?? 0,
  };
  const open = episode.state === "forming";
  const daysOpen = (timeOf(view, view.index) - episode.openedAt) / dayMs;
  if (shape.h1 < 0 || shape.low < 0 || shape.h2 < 0) {
    const state = open ? "failed" : "resolved";
    return { state, confidence: 0, memory, evidence: () => evidence({}) };
  }
  const now = valueAt(view.bars.logPrice, view.index);
  if (now > highs(view, shape) + rules.breakScales * shape.scale || daysOpen >= rules.longestDays) {
    return verdict(view, open ? "failed" : "resolved", shape, memory);
  }
  const broken = now < neckline(view, shape) - rules.breakScales * shape.scale;
  return verdict(view, broken || !open ? "confirmed" : "forming", shape, memory);
}

function verdict(view: View, state: Verdict["state"], shape: Shape, memory: Memory): Verdict {
  return {
    state,
    confidence: confidenceOf(view, shape, state),
    memory,
    evidence: () => assessment(view, shape, state).evidence,
  };
}

function neckline(view: View, { low }: Shape): number {
  return valueAt(view.bars.logPrice, low);
}

function highs(view: View, { h1, h2 }: Shape): number {
  return Math.max(valueAt(view.bars.logPrice, h1), valueAt(view.bars.logPrice, h2));
}

function assessment(view: View, shape: Shape, state: Verdict["state"]): Assessment {
  const { logPrice, slot } = view.bars;
  const { h1, low, h2, scale } = shape;
  const limits = limitsAt(scale);
  const top = highs(view, shape);
  const neck = neckline(view, shape);
  const now = valueAt(logPrice, view.index);
  const first = valueAt(logPrice, h1);
  const second = valueAt(logPrice, h2);
  const conditions = [
    atMost("log_difference_of_highs", Math.abs(first - second), limits.tolerance),
    atLeast("log_depth_of_low", Math.min(first, second) - neck, limits.depth),
    atLeast("days_between_highs", valueAt(slot, h2) - valueAt(slot, h1), limits.leastGapDays),
    atLeast("log_fall_from_second_high", second - now, limits.fall),
    atLeast("log_fall_below_neckline", neck - now, rules.breakScales * scale),
  ];
  return {
    evidence: evidence({
      conditions,
      points: [pointAt(view, h1, "h1"), pointAt(view, low, "low"), pointAt(view, h2, "h2")],
      levels: {
        neckline: toUsd(view, neck),
        highs: toUsd(view, top),
        // The height of the shape below the neckline: a custom of chartists, not a forecast.
        target: toUsd(view, 2 * neck - top),
      },
      notes: ["Daily prices only: wicks between them are not seen."],
    }),
    confidence: confidenceOf(view, shape, state),
  };
}

/**
 * While it forms: the chance that a driftless walk reaches the neckline before the highs. Confirmed, the
 * claim has been made good, and the depth of the valley in deviations says how far from chance the shape was.
 */
function confidenceOf(view: View, shape: Shape, state: Verdict["state"]): number {
  const { scale } = shape;
  const top = highs(view, shape);
  const neck = neckline(view, shape);
  if (state === "confirmed") return clamp(0.5 + 0.06 * ((top - neck) / Math.max(scale, 1e-6) - 3), 0.5, 0.85);
  if (state !== "forming") return 0;
  const margin = rules.breakScales * scale;
  const now = valueAt(view.bars.logPrice, view.index);
  return clamp((rules.decided * (top + margin - now)) / (top - neck + 2 * margin), 0, 0.95);
}
