import type { Bars } from "../bars.ts";

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
  const now = smooth[end] ?? 0;
  let highest = Number.NEGATIVE_INFINITY;
  for (let h2 = end; h2 > 0; h2 -= 1) {
    if ((slot[end] ?? 0) - (slot[h2] ?? 0) > limits.longestSinceDays) return null;
    const price = smooth[h2] ?? 0;
    if (price <= highest) continue;
    highest = price;
    if (price - now < limits.fall || (smooth[h2 - 1] ?? 0) > price) continue;
    const top = findFirstHigh(stretch, h2, limits);
    if (top === null) continue;
    const depth = price - (smooth[top.low] ?? 0);
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
    (smooth[i - 2] ?? 0) +
    2 * (smooth[i - 1] ?? 0) +
    3 * (smooth[i] ?? 0) +
    2 * (smooth[i + 1] ?? 0) +
    (smooth[i + 2] ?? 0)
  );
}

/** Smoothed prices, kept between calls: a stretch is never used after the search that it was made for. */
let smoothed = new Float64Array(128);

function smoothStretch(bars: Bars, from: number, last: number): Stretch {
  const { logPrice } = bars;
  const length = last - from + 1;
  if (smoothed.length < length) smoothed = new Float64Array(2 * length);
  const smooth = smoothed;
  for (let i = 0; i < length; i += 1) {
    const own = logPrice[from + i] ?? 0;
    const before = i > 0 ? (logPrice[from + i - 1] ?? 0) : own;
    const after = from + i < last ? (logPrice[from + i + 1] ?? 0) : own;
    smooth[i] = (before + 2 * own + after) / 4;
  }
  return { from, slot: bars.slot.subarray(from, last + 1), smooth };
}

/** The highest like price before the second high with a deep enough valley between. */
function findFirstHigh({ slot, smooth }: Stretch, h2: number, limits: TopLimits): DoubleTop | null {
  const second = smooth[h2] ?? 0;
  let low = h2;
  let best: DoubleTop | null = null;
  for (let bar = h2 - 1; bar >= 0; bar -= 1) {
    const gap = (slot[h2] ?? 0) - (slot[bar] ?? 0);
    const price = smooth[bar] ?? 0;
    if (gap > limits.longestGapDays || price > second + limits.tolerance) break;
    if (price < (smooth[low] ?? 0)) low = bar;
    if (gap < limits.leastGapDays || price < second - limits.tolerance) continue;
    if (Math.min(price, second) - (smooth[low] ?? 0) < limits.depth) continue;
    if (best === null || price > (smooth[best.h1] ?? 0)) best = { h1: bar, low, h2 };
  }
  return best !== null && isPeakAfterRise({ slot, smooth }, best.h1, limits) ? best : null;
}

/** Whether the price rose to this bar and was nowhere higher on the way. */
function isPeakAfterRise(
  { slot, smooth }: Pick<Stretch, "slot" | "smooth">,
  h1: number,
  limits: TopLimits,
): boolean {
  const high = smooth[h1] ?? 0;
  for (let bar = h1 - 1; bar >= 0; bar -= 1) {
    if ((slot[h1] ?? 0) - (slot[bar] ?? 0) > limits.riseDays) return false;
    const price = smooth[bar] ?? 0;
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
  const start = smooth[from] ?? 0;
  const height = (smooth[to] ?? 0) - start;
  const days = Math.max(1, (slot[to] ?? 0) - (slot[from] ?? 0));
  let squares = 0;
  for (let bar = from + 1; bar <= to; bar += 1) {
    const share = ((slot[bar] ?? 0) - (slot[from] ?? 0)) / days;
    squares += ((smooth[bar] ?? 0) - start - height * bend(share)) ** 2;
  }
  return squares;
}
