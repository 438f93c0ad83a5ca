import type {
  AlertSignalType,
  Condition,
  Intent,
  SignalState,
  SignalType,
  Timeframe,
  TrendType,
} from "@vibe-charting/contracts";
import { amount, change, share } from "./numbers.ts";

export const timeframeNames: Readonly<Record<Timeframe, string>> = {
  "24h": "24 hours",
  "7d": "7 days",
  "30d": "30 days",
  "90d": "90 days",
};
// The keys of a record of timeframes are the timeframes.
export const timeframes = Object.keys(timeframeNames) as Timeframe[];

export const signalNames: Readonly<Record<SignalType, string>> = {
  pump_and_dump: "Pump and dump",
  bottomed_out: "Bottomed out",
  volume_anomaly: "Volume anomaly",
  two_highs_one_low: "Double top",
};

export const alertTypeNames: Readonly<Record<AlertSignalType, string>> = {
  ...signalNames,
  market_move: "Market move",
};

/** What each kind of signal claims, for somebody who never heard of it. */
export const signalMeanings: Readonly<Record<SignalType, string>> = {
  pump_and_dump: "A sudden rise beyond the market's, most of which was given back.",
  bottomed_out: "A long fall that has come to rest above its low.",
  volume_anomaly: "Far more is traded than this coin's own habit explains.",
  two_highs_one_low:
    "Two highs of one height with a low between them; below that low, the neckline, it is confirmed.",
};

export const stateNames: Readonly<Record<SignalState, string>> = {
  suspected: "Suspected",
  forming: "Forming",
  confirmed: "Confirmed",
  rejected: "Rejected",
  failed: "Failed",
  resolved: "Over",
};

const openStates: readonly SignalState[] = ["suspected", "forming", "confirmed"];

export function isOpen(state: SignalState): boolean {
  return openStates.includes(state);
}

export const trendNames: Readonly<Record<TrendType, string>> = {
  uptrend: "Uptrend",
  downtrend: "Downtrend",
  sideways: "Sideways",
};

export const intentNames: Readonly<Record<Intent, string>> = {
  performance: "Performance",
  trend: "Trend",
  signal: "Signals",
  volatility: "Volatility",
  market_overview: "Whole market",
  symbol_overview: "One coin",
  compare: "Comparison",
  help: "Help",
  unknown: "Not understood",
};

const pointNames: Readonly<Record<string, string>> = {
  start: "Start",
  peak: "Peak",
  retrace: "Retrace",
  spike: "Spike",
  observed: "Observed",
  h1: "High 1",
  h2: "High 2",
  low: "Low",
  neckline: "Neckline",
  highs: "Highs",
  target: "Target",
  before: "Before",
  trough: "Trough",
  break: "Break",
};

/** A point or level of evidence in words; one that is new here by its own name. */
export function pointName(label: string): string {
  return pointNames[label] ?? sentence(label);
}

function sentence(name: string): string {
  const words = name.replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

const conditionNames: Readonly<Record<string, string>> = {
  volume_surprise_z: "Volume surprise, in deviations",
  volume_ratio_30d: "Volume against its 30-day level",
  volume_24h_usd: "24-hour volume",
  fall_from_peak: "Fall from the peak",
  days_since_low: "Days since the low",
  bounce_in_deviations: "Bounce from the low, in deviations",
  share_of_fall_recovered: "Share of the fall recovered",
  volatility_week_over_month: "Volatility of the week against the month",
  log_volume_24h_change_1h: "Volume jump within the hour",
  log_volume_24h_over_7d_median: "Volume over its 7-day middle",
  log_high_over_level_beyond_market: "Rise over its level, beyond the market",
  rise_in_deviations: "Rise, in deviations",
  volume_jump_and_twice_rise: "Volume jump and twice the rise",
  rise_in_deviations_and_five_volume_jumps: "Rise, in deviations, and five volume jumps",
  log_rise_to_peak: "Rise to the peak",
  share_of_rise_given_back: "Share of the rise given back",
  log_difference_of_highs: "Difference of the highs",
  log_depth_of_low: "Depth of the low",
  days_between_highs: "Days between the highs",
  log_fall_from_second_high: "Fall from the second high",
  log_fall_below_neckline: "Fall below the neckline",
};

/** A condition in words, with its figures in the unit that its name ends in or begins with. */
export function conditionWords({ name, value, threshold, comparison }: Condition): {
  what: string;
  value: string;
  asks: string;
} {
  const format = formatOf(name);
  const what = conditionNames[name] ?? sentence(name);
  return {
    what,
    value: format(value),
    asks: `${comparison === ">=" ? "at least" : "at most"} ${format(threshold)}`,
  };
}

function formatOf(name: string): (value: number) => string {
  if (name.endsWith("_usd")) return amount;
  // A log of a ratio is read as the change that it stands for.
  if (name.startsWith("log_")) return value => change(100 * Math.expm1(value)).replace("+", "");
  if (name.startsWith("share_") || name === "fall_from_peak") return share;
  if (/_ratio_|_over_/.test(name)) return value => `${Number(value.toPrecision(3))}×`;
  return value => String(Number(value.toPrecision(3)));
}
