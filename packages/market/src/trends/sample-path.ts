import { valueAt } from "../columns.ts";
import type { RebasedSeries } from "../rebase-series.ts";

/** A series as columns: observation times and ln prices, rebased. */
export type TimedPrices = Pick<RebasedSeries, "at" | "logPrice">;

/** So many points at this spacing, of which at least `least` must be there. */
export type PathReading = { readonly stepMs: number; readonly points: number; readonly least: number };

/** A series read at even times back from its newest sample. */
export type Path = {
  /** ln prices, oldest first; NaN where no sample is near the time. */
  readonly values: Float64Array;
  readonly known: number;
  /** Log returns between neighbours that are both known: a gap is no return of zero. */
  readonly adjacentReturns: Float64Array;
};

/** Takes, for each time, the nearest sample within half a step; null when fewer than `least` are there. */
export function samplePath(prices: TimedPrices, reading: PathReading): Path | null {
  if (!mayHavePath(prices, reading)) return null;
  const path = readPath(prices, reading);
  return path.known < reading.least ? null : path;
}

/** The last points of a path that was read at the same spacing; null when fewer than `least` are there. */
export function endOfPath(prices: TimedPrices, path: Path, reading: PathReading): Path | null {
  if (!mayHavePath(prices, reading)) return null;
  const { values, adjacentReturns } = path;
  const from = values.length - reading.points;
  let known = 0;
  let returns = 0;
  let before = Number.NaN;
  for (let i = from; i < values.length; i += 1) {
    const value = values[i] ?? Number.NaN;
    if (!Number.isNaN(value)) known += 1;
    if (!Number.isNaN(value - before)) returns += 1;
    before = value;
  }
  if (known < reading.least) return null;
  return {
    values: values.subarray(from),
    known,
    adjacentReturns: adjacentReturns.subarray(adjacentReturns.length - returns),
  };
}

/** As many samples must lie within the path as points are asked for: a cheap way out for sparse series. */
function mayHavePath({ at }: TimedPrices, { stepMs, points, least }: PathReading): boolean {
  const newest = at.length - 1;
  if (newest + 1 < least) return false;
  return valueAt(at, newest + 1 - least) >= valueAt(at, newest) - (points - 0.5) * stepMs;
}

/** A path with whatever is known of it. */
export function readPath(
  { at, logPrice }: TimedPrices,
  { stepMs, points }: Pick<PathReading, "stepMs" | "points">,
): Path {
  const columns = new Float64Array(2 * points);
  const values = columns.subarray(0, points);
  const newest = at.length - 1;
  const end = valueAt(at, newest);
  let cursor = newest;
  let known = 0;
  for (let back = 0; back < points; back += 1) {
    const wanted = end - back * stepMs;
    while (cursor > 0 && (at[cursor] ?? 0) > wanted) cursor -= 1;
    const later = cursor < newest ? cursor + 1 : newest;
    const laterDistance = Math.abs((at[later] ?? Number.NaN) - wanted);
    const distance = Math.abs((at[cursor] ?? Number.NaN) - wanted);
    const isNear = Math.min(laterDistance, distance) <= stepMs / 2;
    values[points - 1 - back] = isNear
      ? (logPrice[laterDistance < distance ? later : cursor] ?? Number.NaN)
      : Number.NaN;
    if (isNear) known += 1;
  }
  return { values, known, adjacentReturns: fillReturns(values, columns.subarray(points)) };
}

function fillReturns(values: Float64Array, returns: Float64Array): Float64Array {
  let count = 0;
  let before = Number.NaN;
  for (let i = 0; i < values.length; i += 1) {
    const value = values[i] ?? Number.NaN;
    const change = value - before;
    if (!Number.isNaN(change)) returns[count++] = change;
    before = value;
  }
  return returns.subarray(0, count);
}
