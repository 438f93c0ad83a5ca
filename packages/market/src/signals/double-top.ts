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
  /** Fall since the second high that makes it one, at least, and as a share of the depth. */
  readonly fall: number;
  readonly fallOfDepth: number;
  /** Largest deviation, root mean square, from straight or waved legs between the points: this or a share of the depth. */
  readonly misfit: number;
  readonly misfitOfDepth: number;
  /** An older second high is history. */
  readonly longestSinceDays: number;
};

/** A stretch of bars whose prices are smoothed, so that a noisy day does not move a peak. */
type Stretch = { readonly from: number; readonly slot: Float64Array; readonly smooth: Float64Array };

/** The latest double top whose second high is known at bar `last`, looking no further back than bar `from`. */
export function findDoubleTop(bars: Bars, from: number, last: number, limits: TopLimits): DoubleTop | null {
  const stretch = smoothStretch(bars, from, last);
  const { slot, smooth } = stretch;
  const end = last - from;
  const now = valueAt(smooth, end);
  let highest = Number.NEGATIVE_INFINITY;
  for (let h2 = end; h2 > 0; h2 -= 1) {
    if (valueAt(slot, end) - valueAt(slot, h2) > limits.longestSinceDays) return null;
    const price = valueAt(smooth, h2);
    if (price <= highest) continue;
    highest = price;
    if (price - now < limits.fall || valueAt(smooth, h2 - 1) > price) continue;
    const top = findFirstHigh(stretch, h2, limits);
    if (top === null) continue;
    const depth = price - valueAt(smooth, top.low);
    if (price - now < limits.fallOfDepth * depth) continue;
    if (misfit(stretch, top, end) > Math.max(limits.misfit, limits.misfitOfDepth * depth)) continue;
    return centred(stretch, top, end);
  }
  return null;
}

/** Moves each point to the middle of its peak or valley: flat ones have no single highest or lowest day. */
function centred(stretch: Stretch, { h1, low, h2 }: DoubleTop, end: number): DoubleTop {
  const find = (bar: number, sign: 1 | -1) => {
    let best = bar;
    let highest = Number.NEGATIVE_INFINITY;
    for (let i = Math.max(2, bar - 3); i <= Math.min(end - 2, bar + 3); i += 1) {
      const level = sign * broadLevel(stretch.smooth, i);
      if (level > highest) {
        highest = level;
        best = i;
      }
    }
    return best + stretch.from;
  };
  return { h1: find(h1, 1), low: find(low, -1), h2: find(h2, 1) };
}

/** Mean over five smoothed days, the middle ones weighing more. */
function broadLevel(smooth: Float64Array, i: number): number {
  return (
    valueAt(smooth, i - 2) +
    2 * valueAt(smooth, i - 1) +
    3 * valueAt(smooth, i) +
    2 * valueAt(smooth, i + 1) +
    valueAt(smooth, i + 2)
  );
}

function smoothStretch(bars: Bars, from: number, last: number): Stretch {
  const { logPrice } = bars;
  const smooth = new Float64Array(last - from + 1);
  for (let i = 0; i < smooth.length; i += 1) {
    const own = valueAt(logPrice, from + i);
    const before = i > 0 ? valueAt(logPrice, from + i - 1) : own;
    const after = from + i < last ? valueAt(logPrice, from + i + 1) : own;
    smooth[i] = (before + 2 * own + after) / 4;
  }
  return { from, slot: bars.slot.subarray(from, last + 1), smooth };
}

/** The highest like price before the second high with a deep enough valley between. */
function findFirstHigh({ slot, smooth }: Stretch, h2: number, limits: TopLimits): DoubleTop | null {
  const second = valueAt(smooth, h2);
  let low = h2;
  let best: DoubleTop | null = null;
  for (let bar = h2 - 1; bar >= 0; bar -= 1) {
    const gap = valueAt(slot, h2) - valueAt(slot, bar);
    const price = valueAt(smooth, bar);
    if (gap > limits.longestGapDays || price > second + limits.tolerance) break;
    if (price < valueAt(smooth, low)) low = bar;
    if (gap < limits.leastGapDays || price < second - limits.tolerance) continue;
    if (Math.min(price, second) - valueAt(smooth, low) < limits.depth) continue;
    if (best === null || price > valueAt(smooth, best.h1)) best = { h1: bar, low, h2 };
  }
  return best !== null && isPeakAfterRise({ slot, smooth }, best.h1, limits) ? best : null;
}

/** Whether the price rose to this bar and was nowhere higher on the way. */
function isPeakAfterRise(
  { slot, smooth }: Pick<Stretch, "slot" | "smooth">,
  h1: number,
  limits: TopLimits,
): boolean {
  const high = valueAt(smooth, h1);
  for (let bar = h1 - 1; bar >= 0; bar -= 1) {
    if (valueAt(slot, h1) - valueAt(slot, bar) > limits.riseDays) return false;
    const price = valueAt(smooth, bar);
    if (price > high) return false;
    if (high - price >= limits.rise) return true;
  }
  return false;
}

/** Deviation of the prices from the legs between the points and after, straight or waved, root mean square. */
function misfit(stretch: Stretch, { h1, low, h2 }: DoubleTop, end: number): number {
  const squaresOf = (bend: (share: number) => number) =>
    legSquares(stretch, h1, low, bend) +
    legSquares(stretch, low, h2, bend) +
    legSquares(stretch, h2, end, bend);
  return Math.sqrt(Math.min(squaresOf(straight), squaresOf(waved)) / Math.max(1, end - h1));
}

function straight(share: number): number {
  return share;
}

function waved(share: number): number {
  return (1 - Math.cos(Math.PI * share)) / 2;
}

function legSquares(
  { slot, smooth }: Stretch,
  from: number,
  to: number,
  bend: (share: number) => number,
): number {
  const start = valueAt(smooth, from);
  const height = valueAt(smooth, to) - start;
  const days = Math.max(1, valueAt(slot, to) - valueAt(slot, from));
  let squares = 0;
  for (let bar = from + 1; bar <= to; bar += 1) {
    const share = (valueAt(slot, bar) - valueAt(slot, from)) / days;
    squares += (valueAt(smooth, bar) - start - height * bend(share)) ** 2;
  }
  return squares;
}
