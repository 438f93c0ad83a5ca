import { exactLog, sampleAt, valueAt } from "./columns.ts";
import { findPriceSteps, stepMemoryMs } from "./price-steps.ts";
import { dayMs, hourMs } from "./time.ts";
import type { MarketSample, Sample } from "./types.ts";

export type Interval = "hourly" | "daily";

/**
 * A series brought to one sample for each hour or day: the first one in it. The first is known as soon as it
 * arrives, so a bar never changes afterwards, whatever the sampling. Columns are parallel arrays.
 */
export type Bars = {
  readonly interval: Interval;
  readonly count: number;
  /** Number of the hour or day since the epoch; strictly ascending, with gaps where samples are missing. */
  readonly slot: Float64Array;
  /** Position of the bar's sample in the series. */
  readonly sampleIndex: Float64Array;
  /** ln of the price, rebased so that steps which are no market move vanish. Differences only have a meaning. */
  readonly logPrice: Float64Array;
  /** ln of the highest price since the bar before, with the ranges that the source gave; rebased. */
  readonly logHigh: Float64Array;
  /** 1 where `logHigh` comes from a range or from several samples, 0 where it is the price itself. */
  readonly hasRange: Uint8Array;
  /** ln of the rolling 24 h volume, rebased; NaN where it is missing. */
  readonly logVolume: Float64Array;
  /** What the market did so far: running sums of the medians of price and volume changes, where known. */
  readonly marketLevel: Float64Array;
  readonly marketVolumeLevel: Float64Array;
};

const slotMs: Readonly<Record<Interval, number>> = { hourly: hourMs, daily: dayMs };
/** Schedulers run a little early or late; a sample this near before the hour belongs to it. */
const slotToleranceMs = 120_000;

/** ln prices and rolling volumes with the steps that are no market move taken out; NaN for an unknown volume. */
export type RebasedSeries = { readonly logPrice: Float64Array; readonly logVolume: Float64Array };

/** Takes redenominations and unbacked steps out: each shifts all later values back. */
export function rebaseSeries(samples: readonly Sample[]): RebasedSeries {
  const logPrice = new Float64Array(samples.length);
  const logVolume = new Float64Array(samples.length);
  const steps = findPriceSteps(samples);
  let nextStep = 0;
  let shift = 0;
  let volumeShift = 0;
  for (let i = 0; i < samples.length; i += 1) {
    const step = steps[nextStep];
    if (step?.index === i) {
      shift += exactLog(step.logFactor);
      if (step.movesVolume) volumeShift += exactLog(step.logFactor);
      nextStep += 1;
    }
    const { priceUsd, volume24hUsd } = sampleAt(samples, i);
    logPrice[i] = exactLog(Math.log(priceUsd)) - shift;
    logVolume[i] = volume24hUsd ? exactLog(Math.log(volume24hUsd)) - volumeShift : Number.NaN;
  }
  return { logPrice, logVolume };
}

export function buildBars(
  samples: readonly Sample[],
  { logPrice: logPrices, logVolume: logVolumes }: RebasedSeries,
  market: readonly MarketSample[],
  interval: Interval,
): Bars {
  const firsts: number[] = [];
  const slots: number[] = [];
  const lengthMs = slotMs[interval];
  let previousSlot = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < samples.length; i += 1) {
    const slot = Math.floor((sampleAt(samples, i).at + slotToleranceMs) / lengthMs);
    if (slot === previousSlot) continue;
    firsts.push(i);
    slots.push(slot);
    previousSlot = slot;
  }
  const count = firsts.length;
  const bars = {
    interval,
    count,
    slot: new Float64Array(slots),
    sampleIndex: new Float64Array(firsts),
    logPrice: new Float64Array(count),
    logHigh: new Float64Array(count),
    hasRange: new Uint8Array(count),
    logVolume: new Float64Array(count),
    marketLevel: new Float64Array(count),
    marketVolumeLevel: new Float64Array(count),
  };
  let marketIndex = 0;
  let marketLevel = 0;
  let marketVolumeLevel = 0;
  for (let bar = 0; bar < count; bar += 1) {
    const index = firsts[bar] ?? 0;
    const sample = sampleAt(samples, index);
    bars.logPrice[bar] = valueAt(logPrices, index);
    bars.logVolume[bar] = valueAt(logVolumes, index);
    readRange(samples, logPrices, bar === 0 ? index : (firsts[bar - 1] ?? 0) + 1, index, bar, bars);
    const before = bar === 0 ? Number.NEGATIVE_INFINITY : sampleAt(samples, firsts[bar - 1] ?? 0).at;
    // After a gap nothing is known of the market between: the bar before may lie outside of the window.
    const since = sample.at - before > stepMemoryMs ? sample.at : before;
    for (let next = market[marketIndex]; next && next.at <= sample.at; next = market[marketIndex]) {
      if (next.at > since) {
        marketLevel += exactLog(next.medianLogReturn);
        marketVolumeLevel += exactLog(next.medianLogVolumeChange);
      }
      marketIndex += 1;
    }
    bars.marketLevel[bar] = marketLevel;
    bars.marketVolumeLevel[bar] = marketVolumeLevel;
  }
  return bars;
}

/** The highest price of samples `from` to `to`, which lie in one bar; older than one slot is another bar's. */
function readRange(
  samples: readonly Sample[],
  logPrices: Float64Array,
  from: number,
  to: number,
  bar: number,
  bars: { interval: Interval; logHigh: Float64Array; hasRange: Uint8Array },
): void {
  const earliest = sampleAt(samples, to).at - slotMs[bars.interval];
  let high = valueAt(logPrices, to);
  let hasRange = 0;
  for (let i = to; i >= from; i -= 1) {
    const { at, highUsd, priceUsd } = sampleAt(samples, i);
    if (at <= earliest) break;
    const own = valueAt(logPrices, i);
    const top = highUsd && highUsd > priceUsd ? own + exactLog(Math.log(highUsd / priceUsd)) : own;
    if (highUsd || i < to) hasRange = 1;
    if (top > high) high = top;
  }
  bars.logHigh[bar] = high;
  bars.hasRange[bar] = hasRange;
}

/** First bar whose slot is `slot` or later; `count` when there is none. */
export function firstBarFrom(bars: Bars, slot: number, before = bars.count): number {
  let low = 0;
  let high = before;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (valueAt(bars.slot, middle) < slot) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The bar at exactly this slot, looking no later than bar `last`; -1 when it is missing. */
export function barAt(bars: Bars, slot: number, last: number): number {
  const bar = firstBarFrom(bars, slot, last + 1);
  return bar <= last && bars.slot[bar] === slot ? bar : -1;
}
