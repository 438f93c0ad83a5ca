import type { TrendType } from "@vibe-charting/contracts";
import type { Knot } from "./piecewise-linear.ts";
import { uniform } from "./random.ts";

/** A stretch over which a coin drifts evenly, in hours from the market's start and displacements of the log price. */
export type TrendSegment = {
  readonly startHour: number;
  readonly endHour: number;
  readonly from: number;
  readonly to: number;
};

/** What a segment's displacement has to reach to be called a trend. */
const trendThreshold = 0.18;

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
      [-100, -0.25],
      [-30, -0.32],
      [0, 0],
    ],
  ],
  [
    "filecoin",
    [
      [-100, 0.3],
      [-30, 0.38],
      [0, 0],
    ],
  ],
  [
    "aave",
    [
      [-100, -0.15],
      [-7, -0.24],
      [0, 0],
    ],
  ],
  [
    "injective",
    [
      [-100, 0.15],
      [-7, 0.26],
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

/** Null for a segment that is neither clearly a trend nor held still. */
export function segmentDirection(segment: TrendSegment, swing: number): TrendType | null {
  const change = segment.to - segment.from;
  if (change >= trendThreshold) return "uptrend";
  if (change <= -trendThreshold) return "downtrend";
  return swing <= 0.01 && swing > 0 ? "sideways" : null;
}
