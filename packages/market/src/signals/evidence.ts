import type { Condition, Evidence, EvidencePoint } from "@vibe-charting/contracts";
import { valueAt } from "../columns.ts";
import { roundSignificant } from "../statistics.ts";
import { isoTime } from "../time.ts";
import type { View } from "./detector.ts";
import { barObservedAt } from "./window.ts";

/** A condition that asks for at least `threshold`. A value that could not be measured counts as 0, not met. */
export function atLeast(name: string, value: number, threshold: number): Condition {
  return condition(name, value, threshold, ">=");
}

/** A condition that asks for at most `threshold`. A value that could not be measured is not met. */
export function atMost(name: string, value: number, threshold: number): Condition {
  return condition(name, value, threshold, "<=");
}

function condition(name: string, value: number, threshold: number, comparison: ">=" | "<="): Condition {
  const distance = comparison === ">=" ? value - threshold : threshold - value;
  return {
    name,
    value: roundSignificant(value),
    threshold: roundSignificant(threshold),
    comparison,
    met: distance >= 0,
    distance: roundSignificant(Number.isFinite(distance) ? distance : -Math.abs(threshold)),
  };
}

export function allMet(conditions: readonly Condition[]): boolean {
  return conditions.every(({ met }) => met);
}

/** The point that a bar's sample is. */
export function pointAt(view: View, bar: number, label: string): EvidencePoint {
  const sample = view.samples[valueAt(view.bars.sampleIndex, bar)];
  if (sample === undefined) throw new RangeError(`There is no bar ${bar} to take the point ${label} from`);
  return { label, at: isoTime(sample.at), priceUsd: sample.priceUsd };
}

/** The point of the sample that was observed at this time; none when it is not known, or too long ago. */
export function pointOf(view: View, at: number | undefined, label: string): EvidencePoint[] {
  const bar = at === undefined ? -1 : barObservedAt(view, at);
  return bar < 0 ? [] : [pointAt(view, bar, label)];
}

/** The time of a bar's sample. */
export function timeOf(view: View, bar: number): number {
  return view.samples[valueAt(view.bars.sampleIndex, bar)]?.at ?? Number.NaN;
}

/** The rolling volume at the view's bar, USD; 0 where it is missing. */
export function volumeUsdOf(view: View): number {
  return view.samples[valueAt(view.bars.sampleIndex, view.index)]?.volume24hUsd ?? 0;
}

/** Turns a rebased ln price into dollars of the newest sample. */
export function toUsd(view: View, logPrice: number): number {
  const now = view.samples[valueAt(view.bars.sampleIndex, view.index)];
  const nowLog = valueAt(view.bars.logPrice, view.index);
  return roundSignificant((now?.priceUsd ?? 0) * Math.exp(logPrice - nowLog), 8);
}

export function evidence(parts: Partial<Evidence>): Evidence {
  return { conditions: [], points: [], levels: {}, notes: [], ...parts };
}
