import { barAt, firstBarFrom } from "../bars.ts";
import { median } from "../statistics.ts";
import type { View } from "./detector.ts";

/** Bars of the `slots` slots before the view's own, oldest first: [from, view.index). */
export function barsBefore(view: View, slots: number): number {
  return firstBarFrom(view.bars, (view.bars.slot[view.index] as number) - slots, view.index);
}

/** Median of a column over bars [from, to). */
export function medianOf(column: Float64Array, from: number, to: number): number {
  return median(column.subarray(from, to));
}

/**
 * Standard deviation about zero of the one-slot log returns in (from, to], shocks cut at four times the median
 * size so that one jump does not hide the next; NaN below `least` returns. Returns over gaps are dropped.
 */
export function returnScale(view: View, from: number, to: number, least: number): number {
  const { slot, logPrice } = view.bars;
  const sizes = new Float64Array(Math.max(0, to - from));
  let count = 0;
  for (let bar = from + 1; bar <= to; bar += 1) {
    if ((slot[bar] as number) - (slot[bar - 1] as number) !== 1) continue;
    sizes[count++] = Math.abs((logPrice[bar] as number) - (logPrice[bar - 1] as number));
  }
  if (count < least) return Number.NaN;
  const cut = 4 * 1.4826 * median(sizes.subarray(0, count));
  let squares = 0;
  for (let i = 0; i < count; i += 1) squares += Math.min(sizes[i] as number, cut > 0 ? cut : Infinity) ** 2;
  return Math.sqrt(squares / count);
}

/** The bar whose sample was observed at this time, or -1. */
export function barObservedAt(view: View, at: number): number {
  const { bars, samples } = view;
  const slotMs = bars.interval === "hourly" ? 3_600_000 : 86_400_000;
  const guess = Math.floor(at / slotMs);
  for (const slot of [guess, guess + 1]) {
    const bar = barAt(bars, slot, view.index);
    if (bar >= 0 && samples[bars.sampleIndex[bar] as number]?.at === at) return bar;
  }
  return -1;
}

/** What the market did over bars (from, to]. */
export function marketReturnOver(view: View, from: number, to: number): number {
  let sum = 0;
  for (let bar = from + 1; bar <= to; bar += 1) sum += view.bars.marketReturn[bar] as number;
  return sum;
}
