import { valueAt } from "../columns.ts";
import { clamp, logistic, median, scaledMad } from "../statistics.ts";
import { dayMs } from "../time.ts";
import type { Assessment, Detector, Verdict, View } from "./detector.ts";
import { allMet, atLeast, evidence, pointAt, pointOf, timeOf, volumeUsdOf } from "./evidence.ts";
import { barBack, barsBefore, marketVolumeOver } from "./window.ts";

const thresholds = {
  /** Deviations of the autoregressive residual; of normal days fewer than 0.5 % pass. */
  z: 3.9,
  /** Volume over the median of 30 days: a surprise that is not also large is no alert. */
  ratio: 2,
  /** Below this turnover a single order is a spike. */
  volumeUsd: 50_000,
  calmRatio: 1.5,
};
const historyDays = 84;
const levelDays = 30;
const leastDays = 20;
/** Daily log volume remembers about this share of yesterday's deviation. */
const memoryOfYesterday = 0.8;
const smallestScale = 0.1;
const longestEpisodeMs = 7 * dayMs;

type Measure = { readonly z: number; readonly ratio: number; readonly volumeUsd: number };

export const volumeAnomaly: Detector = {
  type: "volume_anomaly",
  version: "2",
  states: ["confirmed", "resolved"],
  interval: "hourly",
  cooldownMs: dayMs,
  open(view) {
    if (!mayOpen(view)) return null;
    const measured = measure(view);
    const conditions = conditionsOf(measured);
    if (!allMet(conditions)) return null;
    return verdict(view, "confirmed", measured, timeOf(view, view.index));
  },
  follow(view, episode) {
    const measured = measure(view);
    const over = timeOf(view, view.index) - episode.openedAt >= longestEpisodeMs;
    if (episode.state === "confirmed" && (over || measured.ratio < thresholds.calmRatio)) {
      return verdict(view, "resolved", measured, episode.openedAt);
    }
    return { ...verdict(view, episode.state, measured, episode.openedAt), memory: episode.memory };
  },
  assess: view => assessment(view, measure(view), null),
};

function verdict(view: View, state: Verdict["state"], measured: Measure, spikeAt: number): Verdict {
  return {
    state,
    confidence: confidenceOf(measured),
    memory: {},
    evidence: () => assessment(view, measured, spikeAt).evidence,
  };
}

function conditionsOf({ z, ratio, volumeUsd }: Measure) {
  return [
    atLeast("volume_surprise_z", z, thresholds.z),
    atLeast("volume_ratio_30d", ratio, thresholds.ratio),
    atLeast("volume_24h_usd", volumeUsd, thresholds.volumeUsd),
  ];
}

function assessment(view: View, measured: Measure, spikeAt: number | null): Assessment {
  const notes = Number.isFinite(measured.z)
    ? []
    : [`No verdict on the volume: it needs ${leastDays} days of it, at the same hour.`];
  return {
    evidence: evidence({
      conditions: conditionsOf(measured),
      points: spikeAt === null ? [pointAt(view, view.index, "observed")] : pointOf(view, spikeAt, "spike"),
      notes,
    }),
    confidence: confidenceOf(measured),
  };
}

function confidenceOf({ z }: Measure): number {
  return Number.isFinite(z) ? clamp(logistic((z - thresholds.z) / 1.5), 0, 0.99) : 0;
}

/** Levels and residuals, kept between calls: each is used before the next is filled. */
const levels = new Float64Array(historyDays + 1);
const residuals = new Float64Array(historyDays - 1);

/** Volumes per coin so many days ago, at choice brought to today's level of the market; NaN where unknown. */
function levelsOf(view: View, days: number, beyondMarket: boolean): Float64Array {
  const { bars, index } = view;
  // Rolling volumes less than a day apart overlap: only whole days compare.
  const perDay = bars.interval === "hourly" ? 24 : 1;
  for (let day = 0; day <= days; day += 1) {
    const bar = barBack(view, day * perDay);
    // Per coin, so that a risen price is no risen volume.
    const own = bar < 0 ? Number.NaN : valueAt(bars.logVolume, bar) - valueAt(bars.logPrice, bar);
    levels[day] = beyondMarket && bar >= 0 ? own + marketVolumeOver(view, bar, index) : own;
  }
  return levels;
}

/** Surprising beyond the market and in itself: a coin follows the market only in part. */
function measure(view: View): Measure {
  const own = measureLevels(levelsOf(view, historyDays, false));
  const known = { volumeUsd: volumeUsdOf(view) };
  if (!hasMarket(view)) return { ...own, ...known };
  const beyond = measureLevels(levelsOf(view, historyDays, true));
  return { z: Math.min(own.z, beyond.z), ratio: Math.min(own.ratio, beyond.ratio), ...known };
}

function hasMarket(view: View): boolean {
  return (
    valueAt(view.bars.marketVolumeLevel, view.index) !==
    valueAt(view.bars.marketVolumeLevel, barsBefore(view, historyDays))
  );
}

function measureLevels(levels: Float64Array): Pick<Measure, "z" | "ratio"> {
  const level = median(levels, 1, levelDays + 1);
  let known = 0;
  for (let day = 1; day < historyDays; day += 1) {
    const residual = residualOf(levels, day, level);
    residuals[day - 1] = residual;
    if (Number.isFinite(residual)) known += 1;
  }
  if (known < leastDays) return { z: Number.NaN, ratio: Number.NaN };
  const usual = median(residuals);
  const scale = Math.max(cutDeviation(residuals, usual), smallestScale);
  return {
    z: (residualOf(levels, 0, level) - usual) / scale,
    ratio: Math.exp(valueAt(levels, 0) - level),
  };
}

/** Deviation about the centre with the sizes cut at three robust deviations: past spikes do not hide new ones. */
function cutDeviation(residuals: Float64Array, centre: number): number {
  const cut = 3 * scaledMad(residuals);
  let squares = 0;
  let count = 0;
  for (let i = 0; i < residuals.length; i += 1) {
    const residual = valueAt(residuals, i);
    if (!Number.isFinite(residual)) continue;
    squares += Math.min(Math.abs(residual - centre), cut) ** 2;
    count += 1;
  }
  return Math.sqrt(squares / count);
}

/** Whether the volume is far enough above its level to be worth the whole measure. */
function mayOpen(view: View): boolean {
  const recent = levelsOf(view, levelDays, false);
  return valueAt(recent, 0) - median(recent, 1, levelDays + 1) >= Math.log(thresholds.ratio);
}

function residualOf(levels: Float64Array, day: number, level: number): number {
  const own = valueAt(levels, day);
  const before = valueAt(levels, day + 1);
  return Number.isFinite(before) ? own - level - memoryOfYesterday * (before - level) : own - level;
}
