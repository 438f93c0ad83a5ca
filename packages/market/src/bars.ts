import { exactLog, sampleAt, valueAt } from "./columns.ts";
import { stepMemoryMs } from "./price-steps.ts";
import type { RebasedSeries } from "./rebase-series.ts";
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
  /** ln of the highest price since the bar before, with the ranges that the source gave; rebased. NaN if not read. */
  readonly logHigh: Float64Array;
  /** 1 where `logHigh` comes from a range or from several samples, 0 where it is the price itself. */
  readonly hasRange: Float64Array;
  /** ln of the rolling 24 h volume, rebased; NaN where it is missing. */
  readonly logVolume: Float64Array;
  /** What the market did so far: running sums of the medians of price and volume changes, where known. */
  readonly marketLevel: Float64Array;
  readonly marketVolumeLevel: Float64Array;
};

const slotMs: Readonly<Record<Interval, number>> = { hourly: hourMs, daily: dayMs };
/** Schedulers run a little early or late; a sample this near before the hour belongs to it. */
const slotToleranceMs = 120_000;

/**
 * Brings a rebased series to bars. The highs are read for the samples from `highsFrom` on, where the caller steps:
 * no detector looks at an older bar's.
 */
export function buildBars(
  samples: readonly Sample[],
  rebased: RebasedSeries,
  market: readonly MarketSample[],
  interval: Interval,
  highsFrom = 0,
): Bars {
  const length = samples.length;
  // One allocation for all columns: that of a typed array costs more than filling a short one.
  const columns = new Float64Array(8 * length);
  const count = fillSlots(columns, rebased.at, slotMs[interval]);
  const column = (number: number) => columns.subarray(number * length, number * length + count);
  const sampleIndex = column(1);
  // Where every sample is a bar, its values are the series' own.
  const values = (ofSamples: Float64Array, number: number) =>
    count === length ? ofSamples : pick(ofSamples, sampleIndex, column(number));
  const bars: Bars = {
    interval,
    count,
    slot: column(0),
    sampleIndex,
    logPrice: values(rebased.logPrice, 2),
    logVolume: values(rebased.logVolume, 3),
    logHigh: column(4),
    hasRange: column(5),
    marketLevel: column(6),
    marketVolumeLevel: column(7),
  };
  if (market.length > 0) fillMarket(bars, rebased.at, market);
  fillHighs(bars, samples, rebased.logPrice, highsFrom);
  return bars;
}

export const noHourlyBars: Bars = buildBars(
  [],
  { at: new Float64Array(0), logPrice: new Float64Array(0), logVolume: new Float64Array(0) },
  [],
  "hourly",
);

/** Fills the first two columns, the slots and the samples of the bars, and returns the number of bars. */
function fillSlots(columns: Float64Array, at: Float64Array, lengthMs: number): number {
  let count = 0;
  let previous = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < at.length; i += 1) {
    const slot = Math.floor(((at[i] ?? 0) + slotToleranceMs) / lengthMs);
    if (slot === previous) continue;
    previous = slot;
    columns[count] = slot;
    columns[at.length + count] = i;
    count += 1;
  }
  return count;
}

function pick(values: Float64Array, positions: Float64Array, into: Float64Array): Float64Array {
  for (let i = 0; i < into.length; i += 1) into[i] = values[positions[i] ?? 0] ?? Number.NaN;
  return into;
}

function fillMarket(bars: Bars, times: Float64Array, market: readonly MarketSample[]): void {
  let marketIndex = 0;
  let level = 0;
  let volumeLevel = 0;
  let before = Number.NEGATIVE_INFINITY;
  for (let bar = 0; bar < bars.count; bar += 1) {
    const at = valueAt(times, valueAt(bars.sampleIndex, bar));
    // After a gap nothing is known of the market between: the bar before may lie outside of the window.
    const since = at - before > stepMemoryMs ? at : before;
    for (let next = market[marketIndex]; next && next.at <= at; next = market[marketIndex]) {
      if (next.at > since) {
        level += exactLog(next.medianLogReturn);
        volumeLevel += exactLog(next.medianLogVolumeChange);
      }
      marketIndex += 1;
    }
    bars.marketLevel[bar] = level;
    bars.marketVolumeLevel[bar] = volumeLevel;
    before = at;
  }
}

function fillHighs(bars: Bars, samples: readonly Sample[], logPrices: Float64Array, highsFrom: number): void {
  let from = 0;
  for (let bar = 0; bar < bars.count; bar += 1) {
    const to = valueAt(bars.sampleIndex, bar);
    if (to >= highsFrom) fillHigh(bars, bar, samples, logPrices, bar === 0 ? to : from);
    else bars.logHigh[bar] = Number.NaN;
    from = to + 1;
  }
}

/** The highest price of the samples from `from` to the bar's; older than one slot is another bar's. */
function fillHigh(
  bars: Bars,
  bar: number,
  samples: readonly Sample[],
  logPrices: Float64Array,
  from: number,
): void {
  const to = valueAt(bars.sampleIndex, bar);
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
