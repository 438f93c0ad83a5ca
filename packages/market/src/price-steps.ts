import { sampleAt } from "./columns.ts";
import { quantile } from "./statistics.ts";
import { dayMs } from "./time.ts";
import type { Sample } from "./types.ts";

/** A step of the price that is no market move, found from the sample itself and those before it alone. */
export type PriceStep = {
  /** Position of the sample after the step. */
  readonly index: number;
  /** ln of the factor by which the price changed. */
  readonly logFactor: number;
  readonly reason: "redenomination" | "unbacked_price_step";
  /** Whether the volume in dollars took the step too: then it was reckoned with the same wrong price. */
  readonly movesVolume: boolean;
};

/** Below this factor a price that its market cap does not follow is left alone: supplies are restated by per cents. */
const smallestRedenomination = Math.log(1.6);
/** A genuine price change carries the market cap with it; this is the share that it must carry at least. */
const marketCapShare = 0.2;
/** A move of this size between two samples needs turnover behind it. LUNC in 2022-05 and SHIB in 2021 had it. */
const smallestUnbackedStep = Math.log(2.5);
/** Volume in coins, over the upper quarter of its recent values, that makes a large move believable. */
const backingVolume = Math.log(1.5);
/** Of the recent values, so that days of a wrong price and hardly any volume do not make the usual one a surge. */
const usualQuantile = 0.75;
/** With fewer recent volumes nothing is usual: the first prices of a listing are often wild. */
const leastVolumes = 3;
/** Across a longer gap a price may move by any factor; the usual volume is that of as long a stretch before. */
export const stepMemoryMs = 4 * dayMs;

/**
 * Finds redenominations and one-sided price glitches. A glitch is two such steps, there and back. Only the
 * past is used, so a sample is judged in the same way when it arrives and when its history is replayed.
 */
export function findPriceSteps(samples: readonly Sample[]): readonly PriceStep[] {
  const steps: PriceStep[] = [];
  let after = samples[0];
  for (let index = 1; index < samples.length; index += 1) {
    const before = after;
    after = samples[index];
    if (before === undefined || after === undefined) break;
    const ratio = after.priceUsd / before.priceUsd;
    if (ratio < 1.6 && ratio > 0.625) continue;
    if (after.at - before.at > stepMemoryMs) continue;
    const logFactor = Math.log(ratio);
    if (Math.abs(logFactor) < smallestRedenomination) continue;
    if (leavesMarketCapBehind(before, after, logFactor)) {
      steps.push({
        index,
        logFactor,
        reason: "redenomination",
        movesVolume: movesVolume(before, after, logFactor),
      });
    } else if (Math.abs(logFactor) >= smallestUnbackedStep && !isBackedByVolume(samples, index)) {
      steps.push({
        index,
        logFactor,
        reason: "unbacked_price_step",
        movesVolume: movesVolume(before, after, logFactor),
      });
    }
  }
  return steps;
}

function movesVolume(before: Sample, after: Sample, logFactor: number): boolean {
  if (!before.volume24hUsd || !after.volume24hUsd) return false;
  const change = Math.log(after.volume24hUsd / before.volume24hUsd);
  return Math.abs(change - logFactor) < Math.abs(change);
}

function leavesMarketCapBehind(before: Sample, after: Sample, logFactor: number): boolean {
  if (!before.marketCapUsd || !after.marketCapUsd) return false;
  const carried = Math.log(after.marketCapUsd / before.marketCapUsd) / logFactor;
  return carried < marketCapShare;
}

function isBackedByVolume(samples: readonly Sample[], index: number): boolean {
  const now = logCoinVolume(sampleAt(samples, index));
  if (!Number.isFinite(now)) return false;
  const earliest = sampleAt(samples, index).at - stepMemoryMs;
  const past: number[] = [];
  for (let i = index - 1; i >= 0 && sampleAt(samples, i).at >= earliest; i -= 1) {
    const volume = logCoinVolume(sampleAt(samples, i));
    if (Number.isFinite(volume)) past.push(volume);
  }
  return past.length >= leastVolumes && now - quantile(past, usualQuantile) >= backingVolume;
}

function logCoinVolume(sample: Sample): number {
  return sample.volume24hUsd ? Math.log(sample.volume24hUsd / sample.priceUsd) : Number.NaN;
}
