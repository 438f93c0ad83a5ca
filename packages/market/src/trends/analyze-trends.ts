import type { Timeframe } from "@vibe-charting/contracts";
import { valueAt } from "../columns.ts";
import { rebasePrices } from "../rebase-series.ts";
import { asSeries } from "../sanitize-series.ts";
import { clamp, roundSignificant } from "../statistics.ts";
import { dayMs, hourMs } from "../time.ts";
import type { CoinIdentity, Sample, Trend } from "../types.ts";
import { closeToCloseVolatility, periodsOfYear } from "../volatility.ts";
import { classifyPath, type PathModel } from "./classify-path.ts";
import {
  endOfPath,
  type Path,
  type PathReading,
  readPath,
  samplePath,
  type TimedPrices,
} from "./sample-path.ts";

/** One way to read a timeframe. */
type Reading = PathReading & {
  readonly model: PathModel;
  readonly largestConfidence: number;
};

type TimeframeRule = {
  readonly timeframe: Timeframe;
  readonly lengthMs: number;
  /** A smaller change than this, per cent, is sideways whatever its regularity. */
  readonly smallestChangePct: number;
  /** Tried in order; the first with enough points is used. */
  readonly readings: readonly Reading[];
  /** An older newest sample says nothing about a timeframe that ends now. */
  readonly oldestSampleMs: number;
};

const hourly = { stepMs: hourMs, largestConfidence: 1 };
const daily = { stepMs: dayMs, largestConfidence: 1 };

const timeframeRules: readonly TimeframeRule[] = [
  {
    timeframe: "24h",
    lengthMs: dayMs,
    smallestChangePct: 0.5,
    oldestSampleMs: 1.5 * dayMs,
    readings: [
      { ...hourly, points: 25, least: 18, model: "hourly25" },
      // The day's change against the coin's own daily volatility: two points, and a month to compare with.
      { ...daily, points: 2, least: 2, model: "day_change", largestConfidence: 0.6 },
    ],
  },
  {
    timeframe: "7d",
    lengthMs: 7 * dayMs,
    smallestChangePct: 1,
    oldestSampleMs: 2 * dayMs,
    readings: [
      { ...hourly, points: 169, least: 120, model: "hourly169" },
      { ...daily, points: 8, least: 7, model: "daily8", largestConfidence: 0.6 },
    ],
  },
  {
    timeframe: "30d",
    lengthMs: 30 * dayMs,
    smallestChangePct: 2,
    oldestSampleMs: 4 * dayMs,
    readings: [{ ...daily, points: 31, least: 24, model: "daily31" }],
  },
  {
    timeframe: "90d",
    lengthMs: 90 * dayMs,
    smallestChangePct: 3,
    oldestSampleMs: 4 * dayMs,
    readings: [{ ...daily, points: 91, least: 72, model: "daily91" }],
  },
];

/** Daily deviation below which a price is held in place by a peg. */
const peggedDailyDeviation = 0.001;

/** The longest path of days: all daily readings are ends of it. */
const longestDays = { stepMs: dayMs, points: 91 };
/** The month of days that a coin's own volatility is read from. */
const month = { stepMs: dayMs, points: 31, least: 9 };

/** How the coin moved over each timeframe that ends at `asOf`; later samples are not looked at. */
export function analyzeTrends(input: {
  readonly coin: CoinIdentity;
  readonly samples: readonly Sample[];
  readonly asOf: number;
}): readonly Trend[] {
  const clean = asSeries(input.samples);
  const hasLater = (clean.at(-1)?.at ?? 0) > input.asOf;
  const samples = hasLater ? clean.filter(({ at }) => at <= input.asOf) : clean;
  if (samples.length === 0) return timeframeRules.map(rule => unknown(rule, ["There are no samples."]));
  const prices = rebasePrices(samples);
  const days = readPath(prices, longestDays);
  const monthReturns = endOfPath(prices, days, month)?.adjacentReturns ?? new Float64Array(0);
  const pegged = input.coin.kind === "stable" || isPegged(monthReturns);
  const context = { prices, days, monthReturns, pegged, asOf: input.asOf };
  return timeframeRules.map(rule => readTimeframe(rule, context));
}

type Context = {
  readonly prices: TimedPrices;
  readonly days: Path;
  readonly monthReturns: Float64Array;
  readonly pegged: boolean;
  readonly asOf: number;
};

function readTimeframe(rule: TimeframeRule, context: Context): Trend {
  const { prices, days } = context;
  const newestAt = valueAt(prices.at, prices.at.length - 1);
  if (context.asOf - newestAt > rule.oldestSampleMs) {
    const days = ((context.asOf - newestAt) / dayMs).toFixed(1);
    return unknown(rule, [`The newest sample is ${days} days old.`]);
  }
  for (const reading of rule.readings) {
    const path = reading.stepMs === dayMs ? endOfPath(prices, days, reading) : samplePath(prices, reading);
    if (path !== null) return trendOf(rule, reading, path, context);
  }
  return unknown(rule, [`Not enough samples within the past ${rule.timeframe}.`]);
}

function trendOf(
  rule: TimeframeRule,
  reading: Reading,
  path: Path,
  { monthReturns, pegged }: Context,
): Trend {
  const changePct = changeOver(path.values);
  const interval = reading.stepMs === hourMs ? "hourly" : "daily";
  const volatility = closeToCloseVolatility(path.adjacentReturns, periodsOfYear[interval]);
  const base = {
    timeframe: rule.timeframe,
    changePct: changePct === null ? null : roundSignificant(changePct),
    volatility: volatility === null ? null : roundSignificant(volatility),
  };
  if (pegged) {
    const notes = ["Pegged: it has no trend of its own."];
    return { ...base, type: "sideways", confidence: 0.99, enoughData: true, notes };
  }
  const verdict = classifyPath(reading.model, path.values, monthReturns);
  if (verdict === null) {
    return { ...unknown(rule, ["The price did not move, or too few days are known."]), ...base };
  }
  const small = largestMovePct(path.values) < rule.smallestChangePct;
  const own = small ? Math.max(verdict.sideways, 0.5) : verdict.probability;
  // A path with holes is known less well: its confidence moves towards that of a guess among three.
  const coverage = Math.sqrt(path.known / reading.points);
  const confidence = Math.min(reading.largestConfidence, 1 / 3 + (own - 1 / 3) * coverage);
  const notes = notesOf(reading, rule.timeframe);
  return {
    ...base,
    type: small ? "sideways" : verdict.type,
    confidence: roundSignificant(clamp(confidence, 0, 1), 4),
    enoughData: true,
    notes: small && verdict.type !== "sideways" ? [...notes, smallNote(rule)] : notes,
  };
}

function unknown(rule: TimeframeRule, notes: readonly string[]): Trend {
  return {
    timeframe: rule.timeframe,
    type: null,
    confidence: 0,
    changePct: null,
    volatility: null,
    enoughData: false,
    notes,
  };
}

function changeOver(values: Float64Array): number | null {
  const first = valueAt(values, 0);
  const last = valueAt(values, values.length - 1);
  return Number.isFinite(first) && Number.isFinite(last) ? 100 * (Math.exp(last - first) - 1) : null;
}

/** The change from end to end or between the levels of the outer thirds, whichever is larger, per cent. */
function largestMovePct(values: Float64Array): number {
  const third = Math.max(1, Math.floor(values.length / 3));
  const start = knownMean(values, 0, third);
  const end = knownMean(values, values.length - third, values.length);
  // Levels of thirds lie two thirds of the path apart.
  const levels = third > 1 ? 1.5 * (end - start) : end - start;
  return Math.max(Math.abs(changeOver(values) ?? 0), Math.abs(100 * Math.expm1(levels)));
}

function knownMean(values: Float64Array, from: number, to: number): number {
  let sum = 0;
  let count = 0;
  for (let i = from; i < to; i += 1) {
    const value = valueAt(values, i);
    if (Number.isNaN(value)) continue;
    sum += value;
    count += 1;
  }
  return count === 0 ? 0 : sum / count;
}

function isPegged(dailyReturns: Float64Array): boolean {
  if (dailyReturns.length < 10) return false;
  let squares = 0;
  for (let i = 0; i < dailyReturns.length; i += 1) squares += valueAt(dailyReturns, i) ** 2;
  const deviation = Math.sqrt(squares / dailyReturns.length);
  return deviation > 0 && deviation < peggedDailyDeviation;
}

function notesOf(reading: Reading, timeframe: Timeframe): string[] {
  if (reading.model === "day_change") {
    return ["One sample a day: the day's change is compared with the coin's own daily volatility."];
  }
  return reading.model === "daily8" ? [`One sample a day: ${timeframe} is read from eight prices.`] : [];
}

function smallNote(rule: TimeframeRule): string {
  return `Regular, but smaller than ${rule.smallestChangePct} %.`;
}
