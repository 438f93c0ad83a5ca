import { type Bars, buildBars, rebaseSeries } from "../bars.ts";
import { valueAt } from "../columns.ts";
import type { CoinIdentity, MarketSample, Sample } from "../types.ts";
import type { Detector, View } from "./detector.ts";
import { isHourlyAt, mayBeHourly } from "./sampling.ts";

export type BarSeries = {
  readonly samples: readonly Sample[];
  readonly hourly: Bars;
  readonly daily: Bars;
  /** The bar that a sample is, or -1 when an earlier sample stands for its hour or day. */
  readonly hourlyBar: Float64Array;
  readonly dailyBar: Float64Array;
};

/** Bars for stepping on the samples from `first` on; hourly ones only where the sampling may be hourly there. */
export function readSeries(
  samples: readonly Sample[],
  market: readonly MarketSample[],
  first: number,
): BarSeries {
  const rebased = rebaseSeries(samples);
  const hourly = buildBars(mayBeHourly(samples, first) ? samples : [], rebased, market, "hourly");
  const daily = buildBars(samples, rebased, market, "daily");
  return {
    samples,
    hourly,
    daily,
    hourlyBar: barOfSample(hourly, samples.length),
    dailyBar: barOfSample(daily, samples.length),
  };
}

function barOfSample(bars: Bars, samples: number): Float64Array {
  const barOf = new Float64Array(samples).fill(-1);
  for (let bar = 0; bar < bars.count; bar += 1) barOf[valueAt(bars.sampleIndex, bar)] = bar;
  return barOf;
}

/** What a detector sees at a sample; null when the sample is not one that it steps on. */
export function viewAt(
  coin: CoinIdentity,
  series: BarSeries,
  index: number,
  detector: Detector,
): View | null {
  const { samples } = series;
  const hourlyBar = valueAt(series.hourlyBar, index);
  if (detector.interval === "hourly" && hourlyBar >= 0 && isHourlyAt(series.hourly, hourlyBar)) {
    return { coin, samples, bars: series.hourly, index: hourlyBar };
  }
  const dailyBar = valueAt(series.dailyBar, index);
  return dailyBar >= 0 ? { coin, samples, bars: series.daily, index: dailyBar } : null;
}
