import { valueAt } from "../columns.ts";
import { clamp, logistic } from "../statistics.ts";
import { dayMs } from "../time.ts";
import type { Assessment, Detector, Memory, OpenEpisode, Verdict, View } from "./detector.ts";
import { allMet, atLeast, evidence, pointAt, timeOf, toUsd, volumeUsdOf } from "./evidence.ts";
import {
  barObservedAt,
  barsBefore,
  marketReturnOver,
  marketVolumeOver,
  medianOf,
  returnScale,
} from "./window.ts";

/** What a pump looks like depends on what the sampling leaves of it. */
const rules = {
  hourly: {
    volumeJump: 0.13,
    /** Without the bar's high the price leg is usually over before the sample: the volume must speak alone. */
    volumeJumpAlone: 0.75,
    rise: Math.log(1.1),
    /** Volume's jump and twice the rise together: each alone is common. */
    strength: 0.65,
    riseInScales: 4,
    /** The rise in deviations and five times the volume's jump: a modest rise needs a loud volume. */
    surprise: 7,
    volumeOverUsual: 0,
    preBars: 24,
    usualBars: 72,
    leastBars: 30,
    scaleBars: 168,
    smallestScale: 0.003,
    retrace: 0.6,
    kept: 0.3,
    rejectAfterBars: 24,
    supersedeAfterBars: 3,
    longestBars: 48,
    largestConfidence: 0.95,
  },
  daily: {
    volumeJump: Number.NEGATIVE_INFINITY,
    volumeJumpAlone: Number.POSITIVE_INFINITY,
    rise: Math.log(1.2),
    strength: 0,
    riseInScales: 3.5,
    surprise: 0,
    volumeOverUsual: Math.log(4),
    preBars: 7,
    usualBars: 7,
    leastBars: 5,
    scaleBars: 30,
    smallestScale: 0.01,
    retrace: 0.5,
    kept: 0.3,
    rejectAfterBars: 2,
    supersedeAfterBars: 2,
    longestBars: 2,
    largestConfidence: 0.6,
  },
} as const;
const smallestVolumeUsd = 50_000;
/** A rise below this cannot be told from noise once it has gone again. */
const visibleRise = Math.log(1.06);
/** A later high must be this far above the peak to be another pump. */
const supersedingRise = Math.log(1.12);
const cooldownMs = 2 * dayMs;

type Measure = {
  /** ln of the price level before the bar. */
  readonly pre: number;
  /** ln of the highest price seen in the bar. */
  readonly high: number;
  /** Rise of that high over the level, beyond the market's. */
  readonly rise: number;
  readonly riseInScales: number;
  readonly volumeJump: number;
  readonly volumeOverUsual: number;
  readonly volumeUsd: number;
  readonly hasRange: boolean;
};

export const pumpAndDump: Detector = {
  type: "pump_and_dump",
  version: "1",
  states: ["suspected", "confirmed", "rejected", "resolved"],
  interval: "hourly",
  cooldownMs,
  open(view) {
    if (isQuiet(view)) return null;
    const measured = measure(view);
    if (measured === null || !opens(view, measured)) return null;
    const memory = { pre: measured.pre, peak: measured.high, peakAt: timeOf(view, view.index) };
    return verdict(view, "suspected", measured, relative(view, memory));
  },
  follow,
  assess: view => assessment(view, measure(view), null),
};

function rulesOf(view: View) {
  return rules[view.bars.interval];
}

function opens(view: View, measured: Measure): boolean {
  const rule = rulesOf(view);
  if (measured.volumeUsd < smallestVolumeUsd) return false;
  if (allMet(openingConditions(view, measured))) return true;
  return !measured.hasRange && measured.volumeJump >= rule.volumeJumpAlone;
}

function openingConditions(view: View, measured: Measure) {
  const rule = rulesOf(view);
  const volume =
    view.bars.interval === "hourly"
      ? atLeast("log_volume_24h_change_1h", measured.volumeJump, rule.volumeJump)
      : atLeast("log_volume_24h_over_7d_median", measured.volumeOverUsual, rule.volumeOverUsual);
  return [
    volume,
    atLeast("log_high_over_level_beyond_market", measured.rise, rule.rise),
    atLeast("rise_in_deviations", measured.riseInScales, rule.riseInScales),
    atLeast("volume_jump_and_twice_rise", strengthOf(measured), rule.strength),
    atLeast("rise_in_deviations_and_five_volume_jumps", surpriseOf(measured), rule.surprise),
    atLeast("volume_24h_usd", measured.volumeUsd, smallestVolumeUsd),
  ];
}

function strengthOf({ volumeJump, rise }: Measure): number {
  return Math.max(volumeJump, 0) + 2 * Math.max(rise, 0);
}

/** Whether the bar cannot open an episode, told without the medians. */
function isQuiet(view: View): boolean {
  const { bars, index } = view;
  const rule = rulesOf(view);
  const jump = volumeJumpOf(view);
  if (jump < rule.volumeJump) return true;
  const step = valueAt(bars.logHigh, index) - valueAt(bars.logPrice, index - 1);
  const beyondMarket = step - (index > 0 ? marketReturnOver(view, index - 1, index) : 0);
  return jump < rule.volumeJumpAlone && beyondMarket < rule.riseInScales * rule.smallestScale;
}

function surpriseOf({ volumeJump, riseInScales }: Measure): number {
  return riseInScales + 5 * Math.max(volumeJump, 0);
}

/** Whether a new and larger pump begins while this episode is still followed. */
function isSuperseded(view: View, elapsed: number, peak: number): boolean {
  const rule = rulesOf(view);
  if (elapsed <= rule.supersedeAfterBars || volumeJumpOf(view) < rule.volumeJump) return false;
  const measured = measure(view);
  if (measured === null || !opens(view, measured)) return false;
  return measured.high - peak >= supersedingRise || measured.volumeJump >= rule.volumeJumpAlone;
}

/** Levels are kept as offsets to the price of the opening sample, which a later rebasing does not touch. */
function relative(view: View, levels: { pre: number; peak: number; peakAt: number }): Memory {
  const own = valueAt(view.bars.logPrice, view.index);
  return {
    preOffset: levels.pre - own,
    peakOffset: levels.peak - own,
    peakAt: levels.peakAt,
  };
}

function follow(view: View, episode: OpenEpisode): Verdict {
  const { bars, index } = view;
  const rule = rulesOf(view);
  const opened = barObservedAt(view, episode.openedAt);
  const memory = episode.memory;
  if (opened < 0) {
    const end = episode.state === "confirmed" ? "resolved" : "rejected";
    return verdict(view, end, null, memory);
  }
  const base = valueAt(bars.logPrice, opened);
  const pre = base + (memory.preOffset ?? 0);
  const peakBefore = base + (memory.peakOffset ?? 0);
  const high = valueAt(bars.logHigh, index);
  const elapsed = valueAt(bars.slot, index) - valueAt(bars.slot, opened);
  if (isSuperseded(view, elapsed, peakBefore)) {
    const end = episode.state === "confirmed" ? "resolved" : "rejected";
    return { ...verdict(view, end, null, memory), reopens: true };
  }
  const rising = high > peakBefore && episode.state === "suspected";
  const peak = rising ? high : peakBefore;
  const next: Memory = rising ? { ...memory, peakOffset: peak - base, peakAt: timeOf(view, index) } : memory;
  const retrace = peak > pre ? (peak - valueAt(bars.logPrice, index)) / (peak - pre) : 0;
  const grounds = { pre, peak, retrace, opened };
  if (episode.state === "confirmed") {
    const state = elapsed >= rule.longestBars ? "resolved" : "confirmed";
    return followed(view, state, next, grounds);
  }
  if (peak - pre >= visibleRise && retrace >= rule.retrace) return followed(view, "confirmed", next, grounds);
  if (elapsed >= rule.rejectAfterBars && retrace < rule.kept)
    return followed(view, "rejected", next, grounds);
  if (elapsed >= rule.longestBars) return followed(view, "rejected", next, grounds);
  return followed(view, "suspected", next, grounds);
}

type Grounds = {
  readonly pre: number;
  readonly peak: number;
  readonly retrace: number;
  readonly opened: number;
};

function followed(view: View, state: Verdict["state"], memory: Memory, grounds: Grounds): Verdict {
  const rule = rulesOf(view);
  const confidence = clamp(
    logistic(-0.5 + 3 * (grounds.peak - grounds.pre) + 1.5 * (grounds.retrace - rule.retrace)),
    0,
    rule.largestConfidence,
  );
  return { state, confidence, memory, evidence: () => assessment(view, measure(view), grounds).evidence };
}

function verdict(view: View, state: Verdict["state"], measured: Measure | null, memory: Memory): Verdict {
  const { confidence } = assessment(view, measured, null);
  return { state, confidence, memory, evidence: () => assessment(view, measured, null).evidence };
}

function assessment(view: View, measured: Measure | null, grounds: Grounds | null): Assessment {
  const rule = rulesOf(view);
  if (measured === null && grounds === null) {
    const notes = [`No verdict on a pump: it needs ${rule.leastBars} ${view.bars.interval} samples.`];
    return { evidence: evidence({ notes }), confidence: 0 };
  }
  const conditions = grounds
    ? [
        atLeast("log_rise_to_peak", grounds.peak - grounds.pre, visibleRise),
        atLeast("share_of_rise_given_back", grounds.retrace, rule.retrace),
      ]
    : measured
      ? openingConditions(view, measured)
      : [];
  const points = [pointAt(view, view.index, "observed")];
  if (grounds) points.unshift(pointAt(view, grounds.opened, "start"));
  const pre = grounds?.pre ?? measured?.pre;
  const peak = grounds?.peak ?? measured?.high;
  const levels = {
    ...(pre === undefined ? {} : { before: toUsd(view, pre) }),
    ...(peak === undefined ? {} : { peak: toUsd(view, peak) }),
  };
  const largest = measured?.hasRange ? rule.largestConfidence : Math.min(rule.largestConfidence, 0.5);
  const confidence = measured
    ? clamp(logistic(-1.5 + 4 * measured.rise + measured.volumeJump), 0, largest)
    : 0;
  return { evidence: evidence({ conditions, points, levels, notes: notesOf(view, measured) }), confidence };
}

function notesOf(view: View, measured: Measure | null): string[] {
  const notes: string[] = [];
  if (view.bars.interval === "daily") {
    notes.push("One sample a day: a pump that begins and ends between two samples leaves only its volume.");
  } else if (measured && !measured.hasRange) {
    notes.push("No highs between samples: a pump of minutes is seen by its volume alone.");
  }
  return notes;
}

function measure(view: View): Measure | null {
  const { bars, index } = view;
  const rule = rulesOf(view);
  const usualFrom = barsBefore(view, rule.usualBars);
  if (index - usualFrom < rule.leastBars || index === 0) return null;
  const preFrom = barsBefore(view, rule.preBars);
  if (index - preFrom < rule.preBars / 2) return null;
  const scale = returnScale(view, barsBefore(view, rule.scaleBars), index - 1, rule.leastBars - 2);
  const pre = medianOf(bars.logPrice, preFrom, index);
  const high = valueAt(bars.logHigh, index);
  const volume = valueAt(bars.logVolume, index);
  const usual = medianOf(bars.logVolume, usualFrom, index);
  const before = index - preFrom > 12 ? index - 12 : preFrom;
  return {
    pre,
    high,
    rise: high - pre - marketReturnOver(view, before, index),
    riseInScales:
      (high - valueAt(bars.logPrice, index - 1) - marketReturnOver(view, index - 1, index)) /
      Math.max(Number.isFinite(scale) ? scale : rule.smallestScale, rule.smallestScale),
    volumeJump: volumeJumpOf(view),
    volumeOverUsual: Number.isFinite(volume - usual) ? volume - usual : 0,
    volumeUsd: volumeUsdOf(view),
    hasRange: bars.hasRange[index] === 1,
  };
}

/**
 * Change of ln of the rolling volume since the bar before, beyond the market's; 0 when it is not known. The bar
 * before counts at least as the recent median: coming back from a missing or wrong volume is no jump.
 */
function volumeJumpOf(view: View): number {
  const { bars, index } = view;
  if (index === 0) return 0;
  const recent = medianOf(bars.logVolume, barsBefore(view, 5), index);
  const before = Math.max(valueAt(bars.logVolume, index - 1), recent);
  const jump = valueAt(bars.logVolume, index) - before - marketVolumeOver(view, index - 1, index);
  return Number.isFinite(jump) ? jump : 0;
}
