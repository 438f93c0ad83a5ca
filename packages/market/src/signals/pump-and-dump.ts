import { valueAt } from "../columns.ts";
import { clamp, logistic } from "../statistics.ts";
import { dayMs } from "../time.ts";
import type { Assessment, Detector, Memory, OpenEpisode, Verdict, View } from "./detector.ts";
import { allMet, atLeast, evidence, pointAt, timeOf, toUsd } from "./evidence.ts";
import {
  isQuiet,
  measurePump,
  type PumpMeasure,
  rulesOf,
  smallestVolumeUsd,
  strengthOf,
  surpriseOf,
  volumeJumpOf,
} from "./pump-measure.ts";
import { barObservedAt } from "./window.ts";

/** A rise below this cannot be told from noise once it has gone again. */
const visibleRise = Math.log(1.06);
/** A later high must be this far above the peak to be another pump. */
const supersedingRise = Math.log(1.12);
const cooldownMs = 2 * dayMs;

export const pumpAndDump: Detector = {
  type: "pump_and_dump",
  version: "1",
  states: ["suspected", "confirmed", "rejected", "resolved"],
  interval: "hourly",
  cooldownMs,
  open(view) {
    if (isQuiet(view)) return null;
    const measured = measurePump(view);
    if (measured === null || !opens(view, measured)) return null;
    const memory = { pre: measured.pre, peak: measured.high, peakAt: timeOf(view, view.index) };
    return verdict(view, "suspected", measured, relative(view, memory));
  },
  follow,
  assess: view => assessment(view, measurePump(view), null),
};

function opens(view: View, measured: PumpMeasure): boolean {
  const rule = rulesOf(view);
  if (measured.volumeUsd < smallestVolumeUsd) return false;
  if (allMet(openingConditions(view, measured))) return true;
  return !measured.hasRange && measured.volumeJump >= rule.volumeJumpAlone;
}

function openingConditions(view: View, measured: PumpMeasure) {
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

/** Whether a new and larger pump begins while this episode is still followed. */
function isSuperseded(view: View, elapsed: number, peak: number): boolean {
  const rule = rulesOf(view);
  if (elapsed <= rule.supersedeAfterBars || volumeJumpOf(view) < rule.volumeJump) return false;
  const measured = measurePump(view);
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
  return { state, confidence, memory, evidence: () => assessment(view, measurePump(view), grounds).evidence };
}

function verdict(view: View, state: Verdict["state"], measured: PumpMeasure | null, memory: Memory): Verdict {
  const { confidence } = assessment(view, measured, null);
  return { state, confidence, memory, evidence: () => assessment(view, measured, null).evidence };
}

function assessment(view: View, measured: PumpMeasure | null, grounds: Grounds | null): Assessment {
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

function notesOf(view: View, measured: PumpMeasure | null): string[] {
  const notes: string[] = [];
  if (view.bars.interval === "daily") {
    notes.push("One sample a day: a pump that begins and ends between two samples leaves only its volume.");
  } else if (measured && !measured.hasRange) {
    notes.push("No highs between samples: a pump of minutes is seen by its volume alone.");
  }
  return notes;
}
