import type { CoinKind } from "@vibe-charting/contracts";
import { median, roundSignificant } from "./statistics.ts";
import { dayMs } from "./time.ts";
import type { MarketSample, Sample } from "./types.ts";

/** Fewer coins than this are no market. */
const leastCoins = 10;
/** A change over a longer gap is not that of the listing before. */
const longestGapMs = 1.5 * dayMs;

/**
 * What the native coins did together at each time at which at least ten of them have a sample and the one before.
 * Each market sample rests on that time and the one before alone.
 */
export function marketSamplesOf(
  coins: readonly { readonly kind: CoinKind; readonly samples: readonly Sample[] }[],
): readonly MarketSample[] {
  const changes = new Map<number, { returns: number[]; volumes: number[] }>();
  for (const { kind, samples } of coins) {
    if (kind !== "native") continue;
    for (let i = 1; i < samples.length; i += 1) {
      const before = samples[i - 1];
      const sample = samples[i];
      if (!before || !sample || sample.at - before.at > longestGapMs) continue;
      let known = changes.get(sample.at);
      if (known === undefined) {
        known = { returns: [], volumes: [] };
        changes.set(sample.at, known);
      }
      known.returns.push(Math.log(sample.priceUsd / before.priceUsd));
      if (sample.volume24hUsd && before.volume24hUsd) {
        known.volumes.push(Math.log(sample.volume24hUsd / before.volume24hUsd));
      }
    }
  }
  return [...changes]
    .filter(([, { returns }]) => returns.length >= leastCoins)
    .sort(([a], [b]) => a - b)
    .map(([at, { returns, volumes }]) => ({
      at,
      medianLogReturn: roundSignificant(median(returns), 9),
      medianLogVolumeChange: volumes.length >= leastCoins ? roundSignificant(median(volumes), 9) : 0,
      breadth: roundSignificant(returns.filter(change => change > 0).length / returns.length, 4),
    }));
}
