import type { Bars } from "../bars.ts";
import { valueAt } from "../columns.ts";

/** Bars of the two highs and of the low between them. */
export type DoubleTop = { readonly h1: number; readonly low: number; readonly h2: number };

/** Sizes are differences of ln price. */
export type TopLimits = {
  readonly leastGapDays: number;
  readonly longestGapDays: number;
  /** Largest difference of the highs. */
  readonly tolerance: number;
  /** Smallest height of the lower high over the low. */
  readonly depth: number;
  /** Smallest rise to the first high, within so many days before it. */
  readonly rise: number;
  readonly riseDays: number;
  /** Fall since the second high that makes it one. */
  readonly fall: number;
};

/** The latest double top whose second high is known at bar `last`, looking no further back than bar `from`. */
export function findDoubleTop(bars: Bars, from: number, last: number, limits: TopLimits): DoubleTop | null {
  const { logPrice, slot } = bars;
  const now = valueAt(logPrice, last);
  let highest = Number.NEGATIVE_INFINITY;
  for (let h2 = last; h2 > from; h2 -= 1) {
    // The neckline must still hold a month after; an older second high is history.
    if (valueAt(slot, last) - valueAt(slot, h2) > 30) return null;
    const price = valueAt(logPrice, h2);
    if (price <= highest) continue;
    highest = price;
    if (price - now < limits.fall || valueAt(logPrice, h2 - 1) > price) continue;
    const top = findFirstHigh(bars, from, h2, limits);
    if (top !== null) return top;
  }
  return null;
}

/** The highest like price before the second high with a deep enough valley between. */
function findFirstHigh(bars: Bars, from: number, h2: number, limits: TopLimits): DoubleTop | null {
  const { logPrice, slot } = bars;
  const second = valueAt(logPrice, h2);
  let low = h2;
  let best: DoubleTop | null = null;
  for (let bar = h2 - 1; bar >= from; bar -= 1) {
    const gap = valueAt(slot, h2) - valueAt(slot, bar);
    const price = valueAt(logPrice, bar);
    if (gap > limits.longestGapDays || price > second + limits.tolerance) break;
    if (price < valueAt(logPrice, low)) low = bar;
    if (gap < limits.leastGapDays || price < second - limits.tolerance) continue;
    if (Math.min(price, second) - valueAt(logPrice, low) < limits.depth) continue;
    if (best === null || price > valueAt(logPrice, best.h1)) best = { h1: bar, low, h2 };
  }
  return best !== null && isPeakAfterRise(bars, from, best.h1, limits) ? best : null;
}

/** Whether the price rose to this bar and was nowhere higher on the way. */
function isPeakAfterRise(bars: Bars, from: number, h1: number, limits: TopLimits): boolean {
  const { logPrice, slot } = bars;
  const high = valueAt(logPrice, h1);
  for (let bar = h1 - 1; bar >= from; bar -= 1) {
    if (valueAt(slot, h1) - valueAt(slot, bar) > limits.riseDays) return false;
    const price = valueAt(logPrice, bar);
    if (price > high) return false;
    if (high - price >= limits.rise) return true;
  }
  return false;
}
