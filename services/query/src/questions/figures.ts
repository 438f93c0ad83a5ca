import type { SignalState, SignalType, Timeframe, TrendType } from "@vibe-charting/contracts";

/** A change in per cent with its sign: `+12.3%`. */
export function percent(value: number): string {
  const size = Math.abs(value);
  const digits = size >= 100 ? 0 : size >= 0.1 ? 1 : 2;
  const text = size.toFixed(digits);
  return `${value < 0 && Number(text) !== 0 ? "-" : "+"}${text}%`;
}

/** A fraction in per cent: `.82` is `82%`. */
export function share(fraction: number): string {
  return `${Math.round(100 * fraction)}%`;
}

/** A price in dollars, with the digits that matter for its size. */
export function price(usd: number): string {
  if (usd >= 1) {
    const digits = usd >= 10_000 ? 0 : 2;
    return `$${usd.toLocaleString("en-US", { minimumFractionDigits: digits, maximumFractionDigits: digits })}`;
  }
  return `$${usd.toLocaleString("en-US", { maximumSignificantDigits: 4 })}`;
}

/** A sum in dollars, in words for its size: `$1.23 trillion`. */
export function amount(usd: number): string {
  for (const [size, word] of [
    [1e12, "trillion"],
    [1e9, "billion"],
    [1e6, "million"],
  ] as const) {
    if (usd >= size) return `$${Number((usd / size).toFixed(2))} ${word}`;
  }
  return price(usd);
}

/** A count with its noun: `1 coin`, `3 coins`. */
export function count(number: number, noun: string): string {
  return `${number.toLocaleString("en-US")} ${noun}${number === 1 ? "" : "s"}`;
}

/** `A, B and C`. */
export function listed(items: readonly string[], last: "and" | "or" = "and"): string {
  return items.length < 2 ? items.join("") : `${items.slice(0, -1).join(", ")} ${last} ${items.at(-1)}`;
}

/** A time to the minute: `2021-05-20 00:00 UTC`. */
export function time(at: Date): string {
  return `${at.toISOString().slice(0, 16).replace("T", " ")} UTC`;
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
