import type { TrendType } from "@vibe-charting/contracts";
import { type SelfDriven, stillSwing } from "./demo-coins.ts";
import type { Knot } from "./piecewise-linear.ts";
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

/** History that is told instead of drawn, in days: one of each kind that a reader will look for. All end at 0. */
const toldHistory: ReadonlyMap<string, readonly Knot[]> = new Map([
  [
    "solana",
    [
      [-100, -0.75],
      [0, 0],
    ],
  ],
  [
    "cosmos",
    [
      [-100, 0.75],
      [0, 0],
    ],
  ],
  [
    "chainlink",
    [
      [-100, -0.28],
      [-30, -0.38],
      [0, 0],
    ],
  ],
  [
    "filecoin",
    [
      [-100, 0.3],
      [-30, 0.4],
      [0, 0],
    ],
  ],
  [
    "aave",
    [
      [-100, -0.25],
      [-7, -0.35],
      [0, 0],
    ],
  ],
  [
    "polkadot-new",
    [
      [-100, 0.2],
      [-7, 0.33],
      [0, 0],
    ],
  ],
]);

/** The segment of a coin's slow trend that holds at an hour; `swing` bounds the displacement. */
export function trendSegmentAt(
  seed: number,
  stream: number,
  slug: string,
  swing: number,
  hour: number,
): TrendSegment {
  const told = toldHistory.get(slug);
  if (told !== undefined && hour < 0) return toldSegmentAt(told, hour);
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

function toldSegmentAt(knots: readonly Knot[], hour: number): TrendSegment {
  let segment = { startHour: 0, endHour: 0, from: 0, to: 0 };
  knots.forEach(([day, to], index) => {
    const [startDay, from] = knots[index - 1] ?? [day, to];
    if (startDay * 24 <= hour) segment = { startHour: startDay * 24, endHour: day * 24, from, to };
  });
  return segment;
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
