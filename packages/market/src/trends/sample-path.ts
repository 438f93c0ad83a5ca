import { valueAt } from "../columns.ts";

/** A series as columns: observation times and ln prices, rebased. */
export type TimedPrices = { readonly at: Float64Array; readonly logPrice: Float64Array };

/** A series read at even times back from its newest sample. */
export type Path = {
  /** ln prices, oldest first; NaN where no sample is near the time. */
  readonly values: Float64Array;
  readonly known: number;
  /** Log returns between neighbours that are both known: a gap is no return of zero. */
  readonly adjacentReturns: Float64Array;
};

/** Takes, for each time, the nearest sample within half a step; null when fewer than `least` are there. */
export function samplePath(
  { at, logPrice }: TimedPrices,
  reading: { readonly stepMs: number; readonly points: number; readonly least: number },
): Path | null {
  const { stepMs, points, least } = reading;
  const newest = at.length - 1;
  const end = valueAt(at, newest);
  // As many samples must lie within the path as points are asked for: a cheap way out for sparse series.
  const reach = end - (points - 0.5) * stepMs;
  if (newest + 1 < least || !(valueAt(at, newest + 1 - least) >= reach)) return null;
  const values = new Float64Array(points).fill(Number.NaN);
  let cursor = newest;
  let known = 0;
  for (let back = 0; back < points; back += 1) {
    const wanted = end - back * stepMs;
    while (cursor > 0 && valueAt(at, cursor) > wanted) cursor -= 1;
    const later = cursor < newest ? cursor + 1 : newest;
    const laterDistance = Math.abs(valueAt(at, later) - wanted);
    const distance = Math.abs(valueAt(at, cursor) - wanted);
    const nearest = laterDistance < distance ? later : cursor;
    if (Math.min(laterDistance, distance) > stepMs / 2) continue;
    values[points - 1 - back] = valueAt(logPrice, nearest);
    known += 1;
  }
  return known < least ? null : { values, known, adjacentReturns: adjacentReturns(values) };
}

function adjacentReturns(values: Float64Array): Float64Array {
  const returns = new Float64Array(values.length);
  let count = 0;
  let before = Number.NaN;
  for (const value of values) {
    const change = value - before;
    if (!Number.isNaN(change)) returns[count++] = change;
    before = value;
  }
  return returns.subarray(0, count);
}
