import { exactLog, sampleAt } from "./columns.ts";
import { findPriceSteps, type PriceStep } from "./price-steps.ts";
import type { Sample } from "./types.ts";

/** Observation times with ln prices and rolling volumes, the steps that are no market move taken out. */
export type RebasedSeries = {
  readonly at: Float64Array;
  readonly logPrice: Float64Array;
  /** NaN where the volume is unknown. */
  readonly logVolume: Float64Array;
};

/** Takes redenominations and unbacked steps out: each shifts all later values back. */
export function rebaseSeries(samples: readonly Sample[]): RebasedSeries {
  const count = samples.length;
  // One allocation for all columns: that of a typed array costs more than filling a short one.
  const columns = new Float64Array(3 * count);
  const rebased = {
    at: columns.subarray(0, count),
    logPrice: columns.subarray(count, 2 * count),
    logVolume: columns.subarray(2 * count),
  };
  const steps = findPriceSteps(samples);
  fillPrices(samples, steps, rebased);
  fillVolumes(samples, steps, rebased.logVolume);
  return rebased;
}

/** The same without the volumes. */
export function rebasePrices(samples: readonly Sample[]): Pick<RebasedSeries, "at" | "logPrice"> {
  const columns = new Float64Array(2 * samples.length);
  const rebased = { at: columns.subarray(0, samples.length), logPrice: columns.subarray(samples.length) };
  fillPrices(samples, findPriceSteps(samples), rebased);
  return rebased;
}

function fillPrices(
  samples: readonly Sample[],
  steps: readonly PriceStep[],
  { at, logPrice }: Pick<RebasedSeries, "at" | "logPrice">,
): void {
  let nextStep = 0;
  let shift = 0;
  for (let i = 0; i < samples.length; i += 1) {
    const step = steps[nextStep];
    if (step?.index === i) {
      shift += exactLog(step.logFactor);
      nextStep += 1;
    }
    const sample = sampleAt(samples, i);
    at[i] = sample.at;
    logPrice[i] = exactLog(Math.log(sample.priceUsd)) - shift;
  }
}

function fillVolumes(samples: readonly Sample[], steps: readonly PriceStep[], logVolume: Float64Array): void {
  let nextStep = 0;
  let shift = 0;
  for (let i = 0; i < samples.length; i += 1) {
    const step = steps[nextStep];
    if (step?.index === i) {
      if (step.movesVolume) shift += exactLog(step.logFactor);
      nextStep += 1;
    }
    const { volume24hUsd } = sampleAt(samples, i);
    logVolume[i] = volume24hUsd ? exactLog(Math.log(volume24hUsd)) - shift : Number.NaN;
  }
}
