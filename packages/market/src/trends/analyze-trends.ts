import type { Timeframe, TrendType } from "@vibe-charting/contracts";
import { rebasedLogPrices } from "../bars.ts";
import { asSeries } from "../sanitize-series.ts";
import { clamp, roundSignificant } from "../statistics.ts";
import { dayMs, hourMs } from "../time.ts";
import type { CoinIdentity, Sample, Trend } from "../types.ts";
import { closeToCloseVolatility, periodsOfYear } from "../volatility.ts";
import { classifyPath, type PathModel } from "./classify-path.ts";
import { samplePath } from "./sample-path.ts";

/** One way to read a timeframe: so many points at this spacing, of which at least `least` must be there. */
type Reading = {
  readonly stepMs: number;
  readonly points: number;
  readonly least: number;
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

export const timeframeRules: readonly TimeframeRule[] = [
  {
    timeframe: "24h",
    lengthMs: dayMs,
    smallestChangePct: 1,
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
    smallestChangePct: 2,
    oldestSampleMs: 2 * dayMs,
    readings: [
      { ...hourly, points: 169, least: 120, model: "hourly169" },
      { ...daily, points: 8, least: 7, model: "daily8", largestConfidence: 0.6 },
    ],
  },
  {
    timeframe: "30d",
    lengthMs: 30 * dayMs,
    smallestChangePct: 4,
    oldestSampleMs: 4 * dayMs,
    readings: [{ ...daily, points: 31, least: 24, model: "daily31" }],
  },
  {
    timeframe: "90d",
    lengthMs: 90 * dayMs,
    smallestChangePct: 8,
    oldestSampleMs: 4 * dayMs,
    readings: [{ ...daily, points: 91, least: 72, model: "daily91" }],
  },
];

/** Daily deviation below which a price is held in place by a peg. */
const peggedDailyDeviation = 0.001;

/** How the coin moved over each timeframe that ends at `asOf`; later samples are not looked at. */
export function analyzeTrends(input: {
  readonly coin: CoinIdentity;
  readonly samples: readonly Sample[];
  readonly asOf: number;
}): readonly Trend[] {
  const clean = asSeries(input.samples);
  const samples = clean.at(-1)?.at ?? 0;
  const until = samples > input.asOf ? clean.filter(({ at }) => at <= input.asOf) : clean;
  const logPrices = rebasedLogPrices(until);
  return timeframeRules.map(rule => readTimeframe(rule, input.coin, until, logPrices, input.asOf));
}

function readTimeframe(
  rule: TimeframeRule,
  coin: CoinIdentity,
  samples: readonly Sample[],
  logPrices: Float64Array,
  asOf: number,
): Trend {
  const newest = samples.at(-1);
  if (newest === undefined) return unknown(rule, ["There are no samples."]);
  if (asOf - newest.at > rule.oldestSampleMs) {
    const days = ((asOf - newest.at) / dayMs).toFixed(1);
    return unknown(rule, [`The newest sample is ${days} days old.`]);
  }
  const reading = rule.readings.find(
    ({ stepMs, points, least }) => samplePath(samples, logPrices, stepMs, points).known >= least,
  );
  if (reading === undefined) {
    return unknown(rule, [`Not enough samples within the past ${rule.timeframe}.`]);
  }
  const path = samplePath(samples, logPrices, reading.stepMs, reading.points);
  const history = samplePath(samples, logPrices, dayMs, 31);
  const changePct = changeOver(path.values);
  const interval = reading.stepMs === hourMs ? "hourly" : "daily";
  const volatility = closeToCloseVolatility(path.adjacentReturns, periodsOfYear[interval]);
  const base = {
    timeframe: rule.timeframe,
    changePct: changePct === null ? null : roundSignificant(changePct),
    volatility: volatility === null ? null : roundSignificant(volatility),
  };
  const notes = notesOf(reading, rule.timeframe);
  const pegged = coin.kind === "stable" || isPegged(history.adjacentReturns);
  if (pegged) {
    const pegNote = "Pegged: it has no trend of its own.";
    return { ...base, type: "sideways", confidence: 0.99, enoughData: true, notes: [pegNote] };
  }
  const verdict = classifyPath(reading.model, path.values, history.adjacentReturns);
  if (verdict === null)
    return { ...unknown(rule, ["The price did not move, or too few days are known."]), ...base };
  const small = changePct !== null && Math.abs(changePct) < rule.smallestChangePct;
  const coverage = Math.min(1, path.known / reading.points);
  const type: TrendType = small ? "sideways" : verdict.type;
  const own = small ? Math.max(verdict.sideways, 0.5) : verdict.probability;
  // A path with holes is known less well: its confidence moves towards that of a guess among three.
  const confidence = Math.min(reading.largestConfidence, 1 / 3 + (own - 1 / 3) * coverage ** 0.5);
  return {
    ...base,
    type,
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
  const first = values[0] as number;
  const last = values[values.length - 1] as number;
  return Number.isFinite(first) && Number.isFinite(last) ? 100 * (Math.exp(last - first) - 1) : null;
}

function isPegged(dailyReturns: Float64Array): boolean {
  if (dailyReturns.length < 10) return false;
  let squares = 0;
  for (const value of dailyReturns) squares += value * value;
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
