import type { SignalState, SignalType, Timeframe, TrendType } from "@vibe-charting/contracts";

export { amount, percent, price, share, time } from "@vibe-charting/contracts";

/** A count with its noun: `1 coin`, `3 coins`. */
export function count(number: number, noun: string): string {
  return `${number.toLocaleString("en-US")} ${noun}${number === 1 ? "" : "s"}`;
}

/** `A, B and C`. */
export function listed(items: readonly string[], last: "and" | "or" = "and"): string {
  return items.length < 2 ? items.join("") : `${items.slice(0, -1).join(", ")} ${last} ${items.at(-1)}`;
}

/** A day: `2021-05-20`. */
export function day(at: Date): string {
  return at.toISOString().slice(0, 10);
}

/** A timeframe slot in words: `the past 7 days`, `the time since 2026-03-14`. */
export function windowWords(timeframe: string): string {
  if (timeframe.startsWith("since:")) return `the time since ${timeframe.slice("since:".length)}`;
  const number = Number.parseInt(timeframe, 10);
  const unit = timeframe.endsWith("h") ? "hour" : "day";
  return number === 1 ? `the past ${unit}` : `the past ${number} ${unit}s`;
}

export const timeframeWords: Readonly<Record<Timeframe, string>> = {
  "24h": "24-hour",
  "7d": "7-day",
  "30d": "30-day",
  "90d": "90-day",
};

export const trendWords: Readonly<Record<TrendType, string>> = {
  uptrend: "an uptrend",
  downtrend: "a downtrend",
  sideways: "a sideways trend",
};

export const signalWords: Readonly<Record<SignalType, string>> = {
  pump_and_dump: "pump-and-dump",
  bottomed_out: "bottomed-out",
  volume_anomaly: "volume-anomaly",
  two_highs_one_low: "two-highs-one-low",
};

export const stateWords: Readonly<Record<SignalState, string>> = {
  suspected: "suspected",
  forming: "forming",
  confirmed: "confirmed",
  rejected: "rejected",
  failed: "failed",
  resolved: "over since",
};
