import { barAt, firstBarFrom } from "../bars.ts";
import { valueAt } from "../columns.ts";
import { median } from "../statistics.ts";
import { dayMs, hourMs, longestWindowDays } from "../time.ts";
import type { View } from "./detector.ts";

/** Bars of the `slots` slots before the view's own, oldest first: [from, view.index). */
export function barsBefore(view: View, slots: number): number {
  const { slot } = view.bars;
  const wanted = valueAt(slot, view.index) - slots;
  if (valueAt(slot, 0) >= wanted) return 0;
  // Without gaps the position is known; a gap costs a search.
  return valueAt(slot, view.index - slots) === wanted
    ? view.index - slots
    : firstBarFrom(view.bars, wanted, view.index);
}

/** Sizes of returns, kept between calls. */
let sizes = new Float64Array(256);

/**
 * Standard deviation about zero of the one-slot log returns in (from, to], shocks cut at four times the median
 * size so that one jump does not hide the next; NaN below `least` returns. Returns over gaps are dropped.
 */
export function returnScale(view: View, from: number, to: number, least: number): number {
  const { slot, logPrice } = view.bars;
  if (sizes.length < to - from) sizes = new Float64Array(2 * (to - from));
  let count = 0;
  for (let bar = from + 1; bar <= to; bar += 1) {
    if ((slot[bar] ?? 0) - (slot[bar - 1] ?? 0) !== 1) continue;
    sizes[count++] = Math.abs((logPrice[bar] ?? 0) - (logPrice[bar - 1] ?? 0));
  }
  if (count < least) return Number.NaN;
  const cut = 4 * 1.4826 * median(sizes, 0, count);
  const largest = cut > 0 ? cut : Number.POSITIVE_INFINITY;
  let squares = 0;
  for (let i = 0; i < count; i += 1) squares += Math.min(sizes[i] ?? 0, largest) ** 2;
  return Math.sqrt(squares / count);
}

/**
 * Exponentially weighted daily deviation (RiskMetrics, .94 a day) of the one-slot returns of the past slots, cut
 * off there so that it does not depend on older prices; NaN below ten returns.
 */
export function recentScale(view: View, slots: number): number {
  const { slot, logPrice } = view.bars;
  const from = barsBefore(view, slots);
  let weight = 1;
  let weights = 0;
  let squares = 0;
  let count = 0;
  for (let bar = view.index; bar > from; bar -= 1) {
    if ((slot[bar] ?? 0) - (slot[bar - 1] ?? 0) !== 1) continue;
    squares += weight * ((logPrice[bar] ?? 0) - (logPrice[bar - 1] ?? 0)) ** 2;
    weights += weight;
    weight *= 0.94;
    count += 1;
  }
  return count < 10 ? Number.NaN : Math.sqrt(squares / weights);
}

/** The bar whose sample was observed at this time; -1 when there is none, or it lies beyond the longest window. */
export function barObservedAt(view: View, at: number): number {
  const { bars, samples } = view;
  const isHourly = bars.interval === "hourly";
  const oldest = valueAt(bars.slot, view.index) - longestWindowDays * (isHourly ? 24 : 1);
  const guess = Math.floor(at / (isHourly ? hourMs : dayMs));
  // A sample shortly before the hour belongs to it.
  for (const slot of [guess, guess + 1]) {
    if (slot < oldest) continue;
    const bar = barAt(bars, slot, view.index);
    if (bar >= 0 && samples[valueAt(bars.sampleIndex, bar)]?.at === at) return bar;
  }
  return -1;
}

/** What the market did from one bar to another. */
export function marketReturnOver(view: View, from: number, to: number): number {
  return valueAt(view.bars.marketLevel, to) - valueAt(view.bars.marketLevel, from);
}

/** What the market's volume did from one bar to another. */
export function marketVolumeOver(view: View, from: number, to: number): number {
  return valueAt(view.bars.marketVolumeLevel, to) - valueAt(view.bars.marketVolumeLevel, from);
}

/** The bar so many slots before the view's own, or -1 when it is missing. */
export function barBack(view: View, slots: number): number {
  const { slot } = view.bars;
  const wanted = valueAt(slot, view.index) - slots;
  // Without gaps the position is known; a gap costs a search.
  return valueAt(slot, view.index - slots) === wanted
    ? view.index - slots
    : barAt(view.bars, wanted, view.index);
}
