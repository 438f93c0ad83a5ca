import type { Sample } from "./types.ts";

/**
 * The value at a position; NaN outside, which no comparison passes. For one kind of array, and never read outside of
 * it: a single such read would make the compiler box the numbers of all reads here.
 */
export function valueAt(column: Float64Array, index: number): number {
  return index >= 0 && index < column.length ? (column[index] ?? Number.NaN) : Number.NaN;
}

/**
 * Rounds a logarithm to a multiple of 2^-40, about 1e-12. Sums and differences of such numbers are exact, so that
 * a window's result does not depend in its last bits on where the window begins.
 */
export function exactLog(value: number): number {
  return Math.round(value * 2 ** 40) / 2 ** 40;
}

/** The sample at a position that the caller knows to exist. */
export function sampleAt(samples: readonly Sample[], index: number): Sample {
  const sample = samples[index];
  if (sample === undefined) throw new RangeError(`There is no sample ${index} among ${samples.length}`);
  return sample;
}
