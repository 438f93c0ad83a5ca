import { type Bars, buildBars, noHourlyBars } from "../bars.ts";
import { sampleAt, valueAt } from "../columns.ts";
import { rebaseSeries } from "../rebase-series.ts";
import type { CoinIdentity, MarketSample, Sample } from "../types.ts";
import type { View } from "./detector.ts";
import { isHourlyAt, mayBeHourly } from "./sampling.ts";

type BarsOfBoth = { readonly hourly: Bars; readonly daily: Bars };

export type BarSeries = {
  readonly samples: readonly Sample[];
  /** With the volumes of one provider, and with those of the other; the same bars where there is but one. */
  readonly own: BarsOfBoth;
  readonly other: BarsOfBoth;
};

/** What the detectors of either interval see at a sample; null when it is not one that they step on. */
type Views = { readonly hourly: View | null; readonly daily: View | null };

/** Bars for stepping on the samples from `first` on; hourly ones only where the sampling may be hourly there. */
export function readSeries(
  samples: readonly Sample[],
  market: readonly MarketSample[],
  first: number,
): BarSeries {
  const rebased = rebaseSeries(samples);
  const hourly = mayBeHourly(samples, first)
    ? buildBars(samples, rebased, market, "hourly", first)
    : noHourlyBars;
  const bars = { hourly, daily: buildBars(samples, rebased, market, "daily", first) };
  if (!samples.some(({ isOtherVolume }) => isOtherVolume)) return { samples, own: bars, other: bars };
  return { samples, own: withVolumesOf(false, samples, bars), other: withVolumesOf(true, samples, bars) };
}

/** The bars with the volumes of one provider alone; the others are not known. */
function withVolumesOf(
  other: boolean,
  samples: readonly Sample[],
  { hourly, daily }: BarsOfBoth,
): BarsOfBoth {
  const keep = (bars: Bars) => ({
    ...bars,
    logVolume: bars.logVolume.map((volume, bar) => {
      const { isOtherVolume = false } = sampleAt(samples, valueAt(bars.sampleIndex, bar));
      return isOtherVolume === other ? volume : Number.NaN;
    }),
  });
  return { hourly: keep(hourly), daily: keep(daily) };
}

/** The bar that a sample is; -1 when an earlier sample stands for its hour or day. */
function barOfSample({ sampleIndex, count }: Bars, index: number): number {
  let low = 0;
  let high = count - 1;
  while (low <= high) {
    const middle = (low + high) >>> 1;
    const found = valueAt(sampleIndex, middle);
    if (found === index) return middle;
    if (found < index) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}

/** What the detectors see at a sample. */
export function viewsAt(coin: CoinIdentity, { samples, own, other }: BarSeries, index: number): Views {
  const { hourly, daily } = sampleAt(samples, index).isOtherVolume ? other : own;
  const hourlyBar = barOfSample(hourly, index);
  const dailyBar = barOfSample(daily, index);
  const days = dailyBar < 0 ? null : { coin, samples, bars: daily, index: dailyBar };
  const isHourly = hourlyBar >= 0 && isHourlyAt(hourly, hourlyBar);
  return { hourly: isHourly ? { coin, samples, bars: hourly, index: hourlyBar } : days, daily: days };
}
