import { rebasePrices } from "../rebase-series.ts";
import { asSeries } from "../sanitize-series.ts";
import { roundSignificant } from "../statistics.ts";
import { dayMs } from "../time.ts";
import type { Sample } from "../types.ts";
import {
  closeToCloseVolatility,
  ewmaVolatility,
  type PriceBar,
  periodsOfYear,
  rogersSatchellVolatility,
} from "../volatility.ts";
import { samplePath } from "./sample-path.ts";

/** Annualised, as fractions; null where the history or the ranges do not suffice. */
export type Volatility = {
  /** Deviation of the past 30 daily returns. */
  readonly closeToClose: number | null;
  /** Exponential weights of .94 a day over the past 90 daily returns. */
  readonly ewma: number | null;
  /** Rogers and Satchell's, from the past 30 daily bars with open, high and low. */
  readonly rangeBased: number | null;
};

/** A coin's daily volatility at `asOf`, in three estimates; later samples are not looked at. */
export function measureVolatility(input: {
  readonly samples: readonly Sample[];
  readonly asOf: number;
}): Volatility {
  const samples = asSeries(input.samples).filter(({ at }) => at <= input.asOf);
  const prices = rebasePrices(samples);
  const returnsOf = (points: number) =>
    samplePath(prices, { stepMs: dayMs, points, least: 9 })?.adjacentReturns ?? new Float64Array(0);
  return {
    closeToClose: rounded(closeToCloseVolatility(returnsOf(31), periodsOfYear.daily)),
    ewma: rounded(ewmaVolatility(returnsOf(91), periodsOfYear.daily)),
    rangeBased: rounded(rogersSatchellVolatility(dailyRanges(samples), periodsOfYear.daily)),
  };
}

function rounded(value: number | null): number | null {
  return value === null ? null : roundSignificant(value);
}

/** The past month's samples that are bars of a day: a day apart from the one before, with a whole range. */
function dailyRanges(samples: readonly Sample[]): PriceBar[] {
  const since = (samples.at(-1)?.at ?? 0) - 30 * dayMs;
  return samples.flatMap((sample, index) => {
    const before = samples[index - 1];
    if (sample.at <= since || before === undefined || Math.abs(sample.at - before.at - dayMs) > dayMs / 4)
      return [];
    const { openUsd, highUsd, lowUsd, priceUsd } = sample;
    if (!openUsd || !highUsd || !lowUsd) return [];
    return [
      { openUsd, highUsd: Math.max(highUsd, openUsd), lowUsd: Math.min(lowUsd, openUsd), closeUsd: priceUsd },
    ];
  });
}
