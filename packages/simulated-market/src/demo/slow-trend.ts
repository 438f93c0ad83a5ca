import type { TrendType } from "@vibe-charting/contracts";
import { type SelfDriven, stillSwing } from "./demo-coins.ts";
import { uniform } from "./random.ts";

/** A stretch over which a coin drifts evenly, in hours from the market's start and displacements of the log price. */
export type TrendSegment = {
  readonly startHour: number;
  readonly endHour: number;
  readonly from: number;
  readonly to: number;
};

/** How far the market and a coin by itself move within a trend, as deviations of the log price. */
const marketMoveOfTrend = 0.08;
const ownMovePerDailyVolatility = 3;

/** How many of those deviations a segment has to reach to be called a trend. */
const trendDeviations = 3;

/**
 * `[slug, days, level]`: history that is told instead of drawn, so that a reader finds a trend of each kind and
 * length. So many days before the start the coin is displaced by the level, and drifts from there to 0.
 */
const toldHistory: readonly (readonly [string, number, number])[] = [
  ["solana", 100, -0.75],
  ["toncoin", 100, -0.7],
  ["cosmos", 100, 0.75],
  ["chainlink", 30, -0.38],
  ["filecoin", 30, 0.4],
  ["aave", 7, -0.35],
  ["polkadot-new", 7, 0.33],
  ["bitcoin-cash", 1, -0.12],
  ["cardano", 1, 0.12],
];

/** Where told histories begin: with three quarters of the level, so that only the told drift stands out. */
const toldDays = 100;
const toldShareBefore = 0.75;

/** The segment of a coin's slow trend that holds at an hour; `swing` bounds the displacement. */
export function trendSegmentAt(
  seed: number,
  stream: number,
  slug: string,
  swing: number,
  hour: number,
): TrendSegment {
  const told = toldHistory.find(([toldSlug]) => toldSlug === slug);
  if (told !== undefined && hour < 0) return toldSegmentAt(told[1], told[2], hour);
  const periodHours = 24 * Math.round(18 + 16 * uniform(seed, stream, 0));
  const turn = Math.floor(hour / periodHours);
  return {
    startHour: turn * periodHours,
    endHour: (turn + 1) * periodHours,
    from: turnLevel(seed, stream, swing, turn),
    to: turnLevel(seed, stream, swing, turn + 1),
  };
}

function turnLevel(seed: number, stream: number, swing: number, turn: number): number {
  return turn === 0 ? 0 : swing * (2 * uniform(seed, stream, turn) - 1);
}

function toldSegmentAt(days: number, level: number, hour: number): TrendSegment {
  const turnHour = -days * 24;
  if (hour >= turnHour) return { startHour: turnHour, endHour: 0, from: level, to: 0 };
  return { startHour: -toldDays * 24, endHour: turnHour, from: toldShareBefore * level, to: level };
}

/** The displacement of the log price at an hour of the segment. */
export function levelWithin(segment: TrendSegment, hour: number): number {
  const share = (hour - segment.startHour) / (segment.endHour - segment.startHour);
  return segment.from + share * (segment.to - segment.from);
}

/** Null for a segment that the coin's other moves can hide. A coin with next to no swing is one that holds still. */
export function segmentDirection(segment: TrendSegment, driver: SelfDriven): TrendType | null {
  const change = segment.to - segment.from;
  const threshold =
    trendDeviations *
    Math.hypot(driver.beta * marketMoveOfTrend, ownMovePerDailyVolatility * driver.dailyVolatility);
  if (change >= threshold) return "uptrend";
  if (change <= -threshold) return "downtrend";
  return driver.swing === stillSwing ? "sideways" : null;
}
