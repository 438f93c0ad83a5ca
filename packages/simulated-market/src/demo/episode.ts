import type { SignalType } from "@vibe-charting/contracts";
import type { Knot } from "./piecewise-linear.ts";

/**
 * Something that the script makes happen, in hours from the market's start. Every episode ends where it began, so
 * that however many there are, no price drifts away.
 */
export type Episode = {
  readonly kind: SignalType | "market_move";
  /** Null when the whole market moves. */
  readonly slug: string | null;
  /** The last hour before anything happens. */
  readonly startHour: number;
  readonly endHour: number;
  readonly points: readonly { readonly label: string; readonly hour: number }[];
  /** Hours since the start against the displacement of the log price. */
  readonly path: readonly Knot[];
  /** Hours since the start against the factor on the hourly volume. */
  readonly volume: readonly Knot[];
};

const dayHours = 24;
const quietVolume: readonly Knot[] = [[0, 1]];

function lastHour(knots: readonly Knot[]): number {
  return knots.at(-1)?.[0] ?? 0;
}

function daysToHours(knots: readonly Knot[]): readonly Knot[] {
  return knots.map(([days, value]) => [days * dayHours, value] as const);
}

/** Up by `gain` (a fraction) within `hoursToPeak`, most of it gone 8 hours later and all within a day. */
export function pumpAndDump(slug: string, startHour: number, gain: number, hoursToPeak: number): Episode {
  const top = Math.log(1 + gain);
  const peak = hoursToPeak;
  return {
    kind: "pump_and_dump",
    slug,
    startHour,
    endHour: startHour + peak + dayHours,
    points: [
      { label: "start", hour: startHour },
      { label: "peak", hour: startHour + peak },
      { label: "retrace", hour: startHour + peak + 8 },
    ],
    path: [
      [0, 0],
      [peak, top],
      [peak + 2, 0.55 * top],
      [peak + 8, 0.12 * top],
      [peak + 24, 0],
    ],
    volume: [
      [0, 1],
      [1, 70],
      [peak + 1, 45],
      [peak + 2, 16],
      [peak + 6, 8],
      [peak + 24, 1],
    ],
  };
}

/** Twelve busy hours after which the volume of the last 24 hours is `ratio` times the ordinary one; no price move. */
export function volumeSpike(slug: string, startHour: number, ratio: number): Episode {
  const busyHours = 12;
  const factor = 1 + (24 * (ratio - 1)) / busyHours;
  return {
    kind: "volume_anomaly",
    slug,
    startHour,
    endHour: startHour + busyHours + 1,
    points: [
      { label: "start", hour: startHour },
      { label: "highest", hour: startHour + busyHours },
    ],
    path: quietPath,
    volume: [
      [0, 1],
      [1, factor],
      [busyHours, factor],
      [busyHours + 1, 1],
    ],
  };
}
const quietPath: readonly Knot[] = [[0, 0]];

const bottomPath = daysToHours([
  [0, 0],
  [18, -0.98],
  [21, -0.95],
  [32, -0.82],
  [62, -0.6],
  [110, 0],
]);

/** A fall of about 62 % in 18 days, a base, and a slow recovery over three months. */
export function bottom(slug: string, startHour: number): Episode {
  return {
    kind: "bottomed_out",
    slug,
    startHour,
    endHour: startHour + lastHour(bottomPath),
    points: [
      { label: "high", hour: startHour },
      { label: "low", hour: startHour + 18 * dayHours },
      { label: "recovering", hour: startHour + 32 * dayHours },
    ],
    path: bottomPath,
    volume: daysToHours([
      [0, 1],
      [14, 1.3],
      [17, 3],
      [19, 3],
      [22, 0.9],
      [60, 0.9],
      [110, 1],
    ]),
  };
}

const doubleTopPath = daysToHours([
  [0, 0],
  [16, 0.3],
  [25, 0.1],
  [35, 0.3],
  [42, 0],
  [46, -0.05],
  [60, 0],
]);

/** Two highs of about the same height 19 days apart, a low between them, and a fall through it. */
export function doubleTop(slug: string, startHour: number): Episode {
  return {
    kind: "two_highs_one_low",
    slug,
    startHour,
    endHour: startHour + lastHour(doubleTopPath),
    points: [
      { label: "h1", hour: startHour + 16 * dayHours },
      { label: "low", hour: startHour + 25 * dayHours },
      { label: "h2", hour: startHour + 35 * dayHours },
      { label: "below_low", hour: startHour + 42 * dayHours },
    ],
    path: doubleTopPath,
    volume: quietVolume,
  };
}

/** A move of the whole market by `logReturn` in three hours, given back over two weeks. */
export function marketMove(startHour: number, logReturn: number): Episode {
  return {
    kind: "market_move",
    slug: null,
    startHour,
    endHour: startHour + 14 * dayHours,
    points: [
      { label: "start", hour: startHour },
      { label: "extreme", hour: startHour + 3 },
    ],
    path: [
      [0, 0],
      [3, logReturn],
      [14 * dayHours, 0],
    ],
    volume: [
      [0, 1],
      [1, 3],
      [6, 2.5],
      [24, 1],
    ],
  };
}
