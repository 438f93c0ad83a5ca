import type { EvidencePoint } from "@vibe-charting/contracts";
import { valueAt } from "../columns.ts";
import { clamp, logistic } from "../statistics.ts";
import { dayMs } from "../time.ts";
import type { Assessment, Detector, Memory, OpenEpisode, Verdict, View } from "./detector.ts";
import { allMet, atLeast, evidence, pointAt, pointOf, timeOf, toUsd } from "./evidence.ts";
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
  version: "2",
  states: ["suspected", "confirmed", "rejected", "resolved"],
  interval: "hourly",
  cooldownMs,
  open(view) {
    if (isQuiet(view)) return null;
    const measured = measurePump(view);
    if (measured === null || !opens(view, measured)) return null;
    const at = timeOf(view, view.index);
    const memory = relative(view, { pre: measured.pre, peak: measured.high, peakAt: at });
    return verdict(view, "suspected", measured, memory, at);
  },
  follow,
  assess(view) {
    const points = [pointAt(view, view.index, "observed")];
    return assessment(view, measurePump(view), null, points);
  },
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
    return verdict(view, end, null, memory, episode.openedAt);
  }
  const base = valueAt(bars.logPrice, opened);
  const pre = base + (memory.preOffset ?? 0);
  const peakBefore = base + (memory.peakOffset ?? 0);
  const high = valueAt(bars.logHigh, index);
  const elapsed = valueAt(bars.slot, index) - valueAt(bars.slot, opened);
  const retraceTo = (peak: number) =>
    peak > pre ? (peak - valueAt(bars.logPrice, index)) / (peak - pre) : 0;
  if (isSuperseded(view, elapsed, peakBefore)) {
    const end = episode.state === "confirmed" ? "resolved" : "rejected";
    const grounds = { pre, peak: peakBefore, retrace: retraceTo(peakBefore), startAt: episode.openedAt };
    return { ...followed(view, end, memory, grounds), confidence: 0, reopens: true };
  }
  const rising = high > peakBefore && episode.state === "suspected";
  const peak = rising ? high : peakBefore;
  const next: Memory = rising ? { ...memory, peakOffset: peak - base, peakAt: timeOf(view, index) } : memory;
  const retrace = retraceTo(peak);
  const grounds = { pre, peak, retrace, startAt: episode.openedAt };
  if (episode.state === "confirmed") {
    const state = elapsed >= rule.longestBars ? "resolved" : "confirmed";
    return followed(view, state, next, grounds);
  }
  if (peak - pre >= visibleRise && retrace >= rule.retrace) {
    return followed(view, "confirmed", { ...next, retraceAt: timeOf(view, index) }, grounds);
  }
  if (elapsed >= rule.rejectAfterBars && retrace < rule.kept)
    return followed(view, "rejected", next, grounds);
  if (elapsed >= rule.longestBars) return followed(view, "rejected", next, grounds);
  return followed(view, "suspected", next, grounds);
}

type Grounds = {
  readonly pre: number;
  readonly peak: number;
  readonly retrace: number;
  readonly startAt: number;
};

function followed(view: View, state: Verdict["state"], memory: Memory, grounds: Grounds): Verdict {
  const rule = rulesOf(view);
  const confidence = clamp(
    logistic(-0.5 + 3 * (grounds.peak - grounds.pre) + 1.5 * (grounds.retrace - rule.retrace)),
    0,
    rule.largestConfidence,
  );
  const points = () => pointsOf(view, grounds.startAt, memory);
  return {
    state,
    confidence,
    memory,
    evidence: () => assessment(view, measurePump(view), grounds, points()).evidence,
  };
}

function verdict(
  view: View,
  state: Verdict["state"],
  measured: PumpMeasure | null,
  memory: Memory,
  startAt: number,
): Verdict {
  return {
    state,
    confidence: measured === null ? 0 : confidenceOf(view, measured),
    memory,
    evidence: () => assessment(view, measured, null, pointsOf(view, startAt, memory)).evidence,
  };
}

/**
 * The samples of the start, of the highest price and, once confirmed, of the fall. A high between samples belongs to
 * the sample after it: that is where it was seen.
 */
function pointsOf(view: View, startAt: number, { peakAt, retraceAt }: Memory): EvidencePoint[] {
  return [
    ...pointOf(view, startAt, "start"),
    ...pointOf(view, peakAt, "peak"),
    ...pointOf(view, retraceAt, "retrace"),
  ];
}

function assessment(
  view: View,
  measured: PumpMeasure | null,
  grounds: Grounds | null,
  points: EvidencePoint[],
): Assessment {
  const rule = rulesOf(view);
  if (measured === null && grounds === null) {
    const notes = [`No verdict on a pump: it needs ${rule.leastBars} ${view.bars.interval} samples.`];
    return { evidence: evidence({ points, notes }), confidence: 0 };
  }
  const conditions = grounds
    ? [
        atLeast("log_rise_to_peak", grounds.peak - grounds.pre, visibleRise),
        atLeast("share_of_rise_given_back", grounds.retrace, rule.retrace),
      ]
    : measured
      ? openingConditions(view, measured)
      : [];
  const pre = grounds?.pre ?? measured?.pre;
  const peak = grounds?.peak ?? measured?.high;
  const levels = {
    ...(pre === undefined ? {} : { before: toUsd(view, pre) }),
    ...(peak === undefined ? {} : { peak: toUsd(view, peak) }),
  };
  return {
    evidence: evidence({ conditions, points, levels, notes: notesOf(view, measured) }),
    confidence: measured === null ? 0 : confidenceOf(view, measured),
  };
}

function confidenceOf(view: View, measured: PumpMeasure): number {
  const { largestConfidence } = rulesOf(view);
  const largest = measured.hasRange ? largestConfidence : Math.min(largestConfidence, 0.5);
  return clamp(logistic(-1.5 + 4 * measured.rise + measured.volumeJump), 0, largest);
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
