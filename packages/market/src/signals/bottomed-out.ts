import { valueAt } from "../columns.ts";
import { clamp, logistic } from "../statistics.ts";
import { dayMs, longestWindowDays } from "../time.ts";
import type { Assessment, Detector, Memory, Verdict, View } from "./detector.ts";
import { allMet, atLeast, atMost, evidence, pointOf, timeOf, toUsd } from "./evidence.ts";
import { barObservedAt, barsBefore, returnScale } from "./window.ts";

const thresholds = {
  fall: 0.4,
  /** A fall must also be large for the coin: in daily deviations times the root of the window. */
  fallInScales: 0.75,
  largestFallNeeded: 0.6,
  earlyAgeDays: 7,
  ageDays: 14,
  /** Rise since the low over the daily deviation times the root of its age. */
  bounce: 0.5,
  /** Share of the logarithmic fall that has been won back; beyond it the bottom is no news. */
  recovery: 0.5,
  /** Volatility of the past week over that of the past month. */
  calm: 0.8,
};
const windowDays = longestWindowDays;
const leastBars = 60;
const longestEpisodeMs = 60 * dayMs;

type Measure = {
  readonly peak: number;
  readonly low: number;
  readonly fall: number;
  readonly fallNeeded: number;
  readonly ageDays: number;
  readonly bounce: number;
  readonly recovery: number;
  readonly calm: number;
};

export const bottomedOut: Detector = {
  type: "bottomed_out",
  version: "2",
  states: ["suspected", "confirmed", "rejected", "resolved"],
  interval: "daily",
  cooldownMs: 7 * dayMs,
  open(view, last) {
    const place = findLow(view);
    if (place === null || place.fall < thresholds.fall || place.ageDays < thresholds.earlyAgeDays)
      return null;
    const measured = measure(view);
    if (measured === null || timeOf(view, measured.low) === last?.lowAt) return null;
    if (!allMet(conditionsOf(measured, thresholds.earlyAgeDays))) return null;
    return verdict(view, "suspected", measured, memoryOf(view, measured));
  },
  follow(view, episode) {
    const measured = measure(view);
    const low = barObservedAt(view, episode.memory.lowAt ?? Number.NaN);
    const now = valueAt(view.bars.logPrice, view.index);
    if (measured === null || low < 0) return verdict(view, "resolved", measured, episode.memory);
    if (now < valueAt(view.bars.logPrice, low)) return verdict(view, "rejected", measured, episode.memory);
    if (timeOf(view, view.index) - episode.openedAt >= longestEpisodeMs) {
      const end = episode.state === "confirmed" ? "resolved" : "rejected";
      return verdict(view, end, measured, episode.memory);
    }
    if (episode.state === "confirmed") {
      const end = measured.recovery > thresholds.recovery ? "resolved" : "confirmed";
      return verdict(view, end, measured, episode.memory);
    }
    const confirmed = allMet(conditionsOf(measured, thresholds.ageDays));
    return verdict(view, confirmed ? "confirmed" : "suspected", measured, episode.memory);
  },
  assess(view) {
    const measured = measure(view);
    return assessment(view, measured, measured === null ? {} : memoryOf(view, measured));
  },
};

function memoryOf(view: View, measured: Measure): Memory {
  return { lowAt: timeOf(view, measured.low), peakAt: timeOf(view, measured.peak) };
}

function verdict(view: View, state: Verdict["state"], measured: Measure | null, memory: Memory): Verdict {
  const confidence = measured === null ? 0 : confidenceOf(measured);
  return { state, confidence, memory, evidence: () => assessment(view, measured, memory).evidence };
}

function conditionsOf(measured: Measure, ageDays: number) {
  return [
    atLeast("fall_from_peak", measured.fall, measured.fallNeeded),
    atLeast("days_since_low", measured.ageDays, ageDays),
    atLeast("bounce_in_deviations", measured.bounce, thresholds.bounce),
    atMost("share_of_fall_recovered", measured.recovery, thresholds.recovery),
    atMost("volatility_week_over_month", measured.calm, thresholds.calm),
  ];
}

/** The points are those that the episode was opened on, whatever the price does afterwards. */
function assessment(view: View, measured: Measure | null, { peakAt, lowAt }: Memory): Assessment {
  const points = [...pointOf(view, peakAt, "peak"), ...pointOf(view, lowAt, "low")];
  if (measured === null) {
    const notes = [`No verdict on a bottom: it needs ${leastBars} days of prices.`];
    return { evidence: evidence({ points, notes }), confidence: 0 };
  }
  const { logPrice } = view.bars;
  const low = barObservedAt(view, lowAt ?? Number.NaN);
  return {
    evidence: evidence({
      conditions: conditionsOf(measured, thresholds.ageDays),
      points,
      levels: { low: toUsd(view, valueAt(logPrice, low < 0 ? measured.low : low)) },
      notes: ["Closing prices only: a wick below the low is not seen."],
    }),
    confidence: confidenceOf(measured),
  };
}

function confidenceOf({ bounce, ageDays }: Measure): number {
  const score = -0.6 + 0.5 * (bounce - thresholds.bounce) + 0.04 * (ageDays - thresholds.ageDays);
  return clamp(logistic(score), 0, 0.9);
}

/** The lowest price of the window, the highest before it, and the fall between; null without enough days. */
function findLow(view: View) {
  const { bars, index } = view;
  const { logPrice, slot } = bars;
  const from = barsBefore(view, windowDays);
  if (index - from + 1 < leastBars) return null;
  let low = from;
  for (let bar = from + 1; bar <= index; bar += 1) {
    if ((logPrice[bar] ?? 0) <= (logPrice[low] ?? 0)) low = bar;
  }
  let peak = from;
  for (let bar = from; bar <= low; bar += 1) {
    if ((logPrice[bar] ?? 0) > (logPrice[peak] ?? 0)) peak = bar;
  }
  const fallLog = valueAt(logPrice, peak) - valueAt(logPrice, low);
  const ageDays = valueAt(slot, index) - valueAt(slot, low);
  return { from, low, peak, fallLog, fall: 1 - Math.exp(-fallLog), ageDays };
}

function measure(view: View): Measure | null {
  const place = findLow(view);
  if (place === null) return null;
  const { from, low, peak, fallLog, fall, ageDays } = place;
  const { index } = view;
  const daily = returnScale(view, barsBefore(view, 30), index, 20);
  const weekly = returnScale(view, barsBefore(view, 7), index, 5);
  const whole = returnScale(view, from, index, 40);
  if (!(daily > 0.001 && weekly >= 0 && whole > 0)) return null;
  const rise = valueAt(view.bars.logPrice, index) - valueAt(view.bars.logPrice, low);
  const usualFall = 1 - Math.exp(-thresholds.fallInScales * whole * Math.sqrt(windowDays));
  return {
    peak,
    low,
    fall,
    fallNeeded: Math.max(thresholds.fall, Math.min(usualFall, thresholds.largestFallNeeded)),
    ageDays,
    bounce: ageDays > 0 ? rise / (daily * Math.sqrt(ageDays)) : 0,
    recovery: fallLog > 0 ? rise / fallLog : 1,
    calm: weekly / daily,
  };
}
