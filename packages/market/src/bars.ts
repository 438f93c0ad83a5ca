import { exactLog } from "./columns.ts";
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
  readonly slot: Int32Array;
  /** Position of the bar's sample in the series. */
  readonly sampleIndex: Int32Array;
  /** ln of the price, rebased so that steps which are no market move vanish. Differences only have a meaning. */
  readonly logPrice: Float64Array;
  /** ln of the highest price since the bar before, with the ranges that the source gave; rebased. */
  readonly logHigh: Float64Array;
  /** 1 where `logHigh` comes from a range or from several samples, 0 where it is the price itself. */
  readonly hasRange: Uint8Array;
  /** ln of the rolling 24 h volume in USD; NaN where it is missing. */
  readonly logVolume: Float64Array;
  /** What the market did so far: running sums of the medians of price and volume changes, where known. */
  readonly marketLevel: Float64Array;
  readonly marketVolumeLevel: Float64Array;
};

const slotMs: Readonly<Record<Interval, number>> = { hourly: hourMs, daily: dayMs };
/** Schedulers run a little early or late; a sample this near before the hour belongs to it. */
const slotToleranceMs = 120_000;

export function slotOf(at: number, interval: Interval): number {
  return Math.floor((at + slotToleranceMs) / slotMs[interval]);
}

/** ln prices with redenominations and unbacked steps taken out: each shifts all later prices back. */
export function rebasedLogPrices(samples: readonly Sample[]): Float64Array {
  const logs = new Float64Array(samples.length);
  for (let i = 0; i < samples.length; i += 1) logs[i] = exactLog(Math.log((samples[i] as Sample).priceUsd));
  const steps = findPriceSteps(samples);
  let shift = 0;
  for (let s = 0; s < steps.length; s += 1) {
    const step = steps[s] as (typeof steps)[number];
    shift += exactLog(step.logFactor);
    const end = steps[s + 1]?.index ?? samples.length;
    for (let i = step.index; i < end; i += 1) logs[i] = (logs[i] as number) - shift;
  }
  return logs;
}

export function buildBars(
  samples: readonly Sample[],
  logPrices: Float64Array,
  market: readonly MarketSample[],
  interval: Interval,
): Bars {
  const firsts: number[] = [];
  let previousSlot = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < samples.length; i += 1) {
    const slot = slotOf((samples[i] as Sample).at, interval);
    if (slot === previousSlot) continue;
    firsts.push(i);
    previousSlot = slot;
  }
  const count = firsts.length;
  const bars = {
    interval,
    count,
    slot: new Int32Array(count),
    sampleIndex: Int32Array.from(firsts),
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
    const index = firsts[bar] as number;
    const sample = samples[index] as Sample;
    bars.slot[bar] = slotOf(sample.at, interval);
    bars.logPrice[bar] = logPrices[index] as number;
    bars.logVolume[bar] = sample.volume24hUsd ? exactLog(Math.log(sample.volume24hUsd)) : Number.NaN;
    readRange(samples, logPrices, bar === 0 ? index : (firsts[bar - 1] as number) + 1, index, bar, bars);
    const before = bar === 0 ? Number.NEGATIVE_INFINITY : (samples[firsts[bar - 1] as number] as Sample).at;
    // After a gap nothing is known of the market between: the bar before may lie outside of the window.
    const since = sample.at - before > stepMemoryMs ? sample.at : before;
    while (marketIndex < market.length && (market[marketIndex] as MarketSample).at <= since) marketIndex += 1;
    while (marketIndex < market.length && (market[marketIndex] as MarketSample).at <= sample.at) {
      const { medianLogReturn, medianLogVolumeChange } = market[marketIndex] as MarketSample;
      marketLevel += exactLog(medianLogReturn);
      marketVolumeLevel += exactLog(medianLogVolumeChange);
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
  const earliest = (samples[to] as Sample).at - slotMs[bars.interval];
  let high = logPrices[to] as number;
  let hasRange = 0;
  for (let i = to; i >= from; i -= 1) {
    const { at, highUsd, priceUsd } = samples[i] as Sample;
    if (at <= earliest) break;
    const own = logPrices[i] as number;
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
    if ((bars.slot[middle] as number) < slot) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The bar at exactly this slot, looking no later than bar `last`; -1 when it is missing. */
export function barAt(bars: Bars, slot: number, last: number): number {
  const bar = firstBarFrom(bars, slot, last + 1);
  return bar <= last && bars.slot[bar] === slot ? bar : -1;
}
