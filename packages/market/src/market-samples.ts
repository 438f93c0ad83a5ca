import type { CoinKind } from "@vibe-charting/contracts";
import { median, roundSignificant } from "./statistics.ts";
import { dayMs } from "./time.ts";
import type { MarketSample, Sample } from "./types.ts";

/** Fewer coins than this are no market. */
const leastCoins = 10;
/** A change over a longer gap is not that of the listing before. */
const longestGapMs = 1.5 * dayMs;
/** The day before, for prices that are not taken to the second. */
const almostADayMs = dayMs - 3_600_000;

/**
 * What the native coins did together at each time at which at least ten of them have a sample and the one before.
 * Each market sample rests on that time, the one before and the day before alone.
 */
export function marketSamplesOf(
  coins: readonly { readonly kind: CoinKind; readonly samples: readonly Sample[] }[],
): readonly MarketSample[] {
  const changes = new Map<number, { returns: number[]; volumes: number[]; rises: number }>();
  for (const { kind, samples } of coins) {
    if (kind !== "native") continue;
    let dayBefore = 0;
    for (let i = 1; i < samples.length; i += 1) {
      const before = samples[i - 1];
      const sample = samples[i];
      if (!before || !sample || sample.at - before.at > longestGapMs) continue;
      while ((samples[dayBefore + 1]?.at ?? Number.POSITIVE_INFINITY) <= sample.at - almostADayMs)
        dayBefore += 1;
      const reference = samples[dayBefore] ?? before;
      let known = changes.get(sample.at);
      if (known === undefined) {
        known = { returns: [], volumes: [], rises: 0 };
        changes.set(sample.at, known);
      }
      if (sample.priceUsd > reference.priceUsd) known.rises += 1;
      known.returns.push(Math.log(sample.priceUsd / before.priceUsd));
      if (sample.volume24hUsd && before.volume24hUsd) {
        known.volumes.push(Math.log(sample.volume24hUsd / before.volume24hUsd));
      }
    }
  }
  return [...changes]
    .filter(([, { returns }]) => returns.length >= leastCoins)
    .sort(([a], [b]) => a - b)
    .map(([at, { returns, volumes, rises }]) => ({
      at,
      medianLogReturn: roundSignificant(median(returns), 9),
      medianLogVolumeChange: volumes.length >= leastCoins ? roundSignificant(median(volumes), 9) : 0,
      breadth: roundSignificant(rises / returns.length, 4),
    }));
}

/** What was recorded of the market, column by column; the arrays run along `at`. */
export type MarketColumns = {
  readonly at: readonly number[];
  readonly medianLogReturn: readonly (number | null)[];
  readonly medianLogVolumeChange: readonly (number | null)[];
  readonly breadth: readonly (number | null)[];
};

/** Recorded columns as market samples; times at which no coin had a price before are left out. */
export function toMarketSamples(columns: MarketColumns): readonly MarketSample[] {
  return columns.at.flatMap((at, index) => {
    const medianLogReturn = columns.medianLogReturn[index] ?? null;
    const breadth = columns.breadth[index] ?? null;
    if (medianLogReturn === null || breadth === null) return [];
    return [
      { at, medianLogReturn, medianLogVolumeChange: columns.medianLogVolumeChange[index] ?? 0, breadth },
    ];
  });
}
