import type { Sample } from "../types.ts";

/** A series read at even times back from its newest sample. */
export type Path = {
  /** ln prices, oldest first; NaN where no sample is near the time. */
  readonly values: Float64Array;
  readonly known: number;
  /** Log returns between neighbours that are both known: a gap is no return of zero. */
  readonly adjacentReturns: Float64Array;
};

/** Takes, for each time, the nearest sample within half a step. */
export function samplePath(
  samples: readonly Sample[],
  logPrices: Float64Array,
  stepMs: number,
  points: number,
): Path {
  const values = new Float64Array(points).fill(Number.NaN);
  const newest = samples.length - 1;
  const end = samples[newest]?.at ?? 0;
  let cursor = newest;
  let known = 0;
  for (let back = 0; back < points && cursor >= 0; back += 1) {
    const wanted = end - back * stepMs;
    while (cursor > 0 && timeAt(samples, cursor) > wanted) cursor -= 1;
    const later = Math.min(cursor + 1, newest);
    const nearer =
      Math.abs(timeAt(samples, later) - wanted) < Math.abs(timeAt(samples, cursor) - wanted) ? later : cursor;
    if (Math.abs(timeAt(samples, nearer) - wanted) > stepMs / 2) continue;
    values[points - 1 - back] = logPrices[nearer] as number;
    known += 1;
  }
  return { values, known, adjacentReturns: adjacentReturns(values) };
}

function timeAt(samples: readonly Sample[], index: number): number {
  return samples[index]?.at ?? Number.NaN;
}

function adjacentReturns(values: Float64Array): Float64Array {
  const returns = new Float64Array(values.length);
  let count = 0;
  for (let i = 1; i < values.length; i += 1) {
    const change = (values[i] as number) - (values[i - 1] as number);
    if (Number.isFinite(change)) returns[count++] = change;
  }
  return returns.subarray(0, count);
}
