import { valueAt } from "../columns.ts";
import { median } from "../statistics.ts";
import type { View } from "./detector.ts";
import { volumeUsdOf } from "./evidence.ts";
import { barsBefore, marketReturnOver, marketVolumeOver, returnScale } from "./window.ts";

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
export const smallestVolumeUsd = 50_000;
export type PumpMeasure = {
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

/** The rules of the view's sampling. */
export function rulesOf(view: View) {
  return rules[view.bars.interval];
}

/** The volume's jump and twice the rise. */
export function strengthOf({ volumeJump, rise }: PumpMeasure): number {
  return Math.max(volumeJump, 0) + 2 * Math.max(rise, 0);
}

/** The rise in deviations and five times the volume's jump. */
export function surpriseOf({ volumeJump, riseInScales }: PumpMeasure): number {
  return riseInScales + 5 * Math.max(volumeJump, 0);
}

/** Whether the bar cannot open an episode, told without the medians. */
export function isQuiet(view: View): boolean {
  const { bars, index } = view;
  const rule = rulesOf(view);
  const jump = volumeJumpOf(view);
  if (jump < rule.volumeJump) return true;
  const step = valueAt(bars.logHigh, index) - valueAt(bars.logPrice, index - 1);
  const beyondMarket = step - (index > 0 ? marketReturnOver(view, index - 1, index) : 0);
  return jump < rule.volumeJumpAlone && beyondMarket < rule.riseInScales * rule.smallestScale;
}

/** What a bar shows of a pump; null without enough bars before it. */
export function measurePump(view: View): PumpMeasure | null {
  const { bars, index } = view;
  const rule = rulesOf(view);
  const usualFrom = barsBefore(view, rule.usualBars);
  if (index - usualFrom < rule.leastBars || index === 0) return null;
  const preFrom = barsBefore(view, rule.preBars);
  if (index - preFrom < rule.preBars / 2) return null;
  const scale = returnScale(view, barsBefore(view, rule.scaleBars), index - 1, rule.leastBars - 2);
  const pre = median(bars.logPrice, preFrom, index);
  const high = valueAt(bars.logHigh, index);
  const volume = valueAt(bars.logVolume, index);
  const usual = median(bars.logVolume, usualFrom, index);
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
export function volumeJumpOf(view: View): number {
  const { bars, index } = view;
  if (index === 0) return 0;
  const recent = median(bars.logVolume, barsBefore(view, 5), index);
  const before = Math.max(valueAt(bars.logVolume, index - 1), recent);
  const jump = valueAt(bars.logVolume, index) - before - marketVolumeOver(view, index - 1, index);
  return Number.isFinite(jump) ? jump : 0;
}
