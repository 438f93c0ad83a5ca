import type { Intent, Interpretation, Slots } from "@vibe-charting/contracts";
import { directionList, listOf, signalList, trendList } from "./slot-lists.ts";

/** The part of a reading that a question is written from. */
export type Reading = Slots & { readonly intents: readonly Intent[] };

/**
 * Writes the question that is read back as this reading. Changing a chip changes the reading and asks the question
 * that comes out, so that what is asked is always a sentence that anybody can read, change and link to.
 */
export function composeQuestion(reading: Reading): string {
  const { intents, symbols } = reading;
  if (intents.includes("compare") && symbols.length > 1) return `compare ${and(symbols)}${windowOf(reading)}`;
  if (symbols.length > 0) return `how is ${and(symbols)} doing${windowOf(reading)}`;
  if (intents.includes("market_overview")) return `market overview${windowOf(reading)}`;
  return [head(reading) + windowOf(reading), ...filters(reading)].join(", ");
}

/** Takes what questions are written from out of an answer's interpretation. */
export function readingOf({
  window: _,
  confidence: __,
  notUnderstood: ___,
  ...reading
}: Interpretation): Reading {
  return reading;
}

function head(reading: Reading): string {
  const { intents, limit, negated } = reading;
  const directions = directionList(reading);
  const count = limit === null ? "" : `${limit} `;
  const lists = intents.includes("trend") && trendList(reading).length > 0;
  const trends = lists ? ` ${negated ? "not " : ""}in ${article(trendList(reading).map(trendWords))}` : "";
  const signals = intents.includes("signal") ? ` with ${negated ? "no" : "a"} ${signalWordsOf(reading)}` : "";
  if (intents.includes("volatility")) {
    return `${count}${directions.includes("low") ? "least" : "most"} volatile coins${trends}${signals}`;
  }
  if (intents.includes("performance")) {
    return `${count}${directions.includes("worst") ? "worst" : "best"} performing coins${trends}${signals}`;
  }
  return `${count}coins${trends}${signals}`;
}

function signalWordsOf(reading: Reading): string {
  const signals = signalList(reading);
  if (signals.length === 0) return reading.negated ? "signals" : "signal";
  return `${signals.map(signal => signalPhrases[signal]).join(" or ")} signal`;
}

function filters(reading: Reading): string[] {
  const { minChangePct, maxRank, minConfidence, minMarketCap, excludeSymbols } = reading;
  const falls = directionList(reading).includes("worst");
  return [
    minChangePct === null ? [] : `${falls ? "down" : "up"} at least ${minChangePct}%`,
    maxRank === null ? [] : `in the top ${maxRank}`,
    minMarketCap === null ? [] : `with market cap above $${plainAmount(minMarketCap)}`,
    minConfidence === null ? [] : `with at least ${Math.round(minConfidence * 100)}% confidence`,
    excludeSymbols.length === 0 ? [] : `excluding ${and(excludeSymbols.map(name => name.replace("@", "")))}`,
  ].flat();
}

function windowOf({ timeframe }: Slots): string {
  if (timeframe === null) return "";
  const since = /^since:(.+)$/.exec(timeframe)?.[1];
  return since === undefined ? ` over the past ${timeframe}` : ` since ${since}`;
}

const signalPhrases = {
  pump_and_dump: "pump and dump",
  bottomed_out: "bottomed out",
  volume_anomaly: "volume anomaly",
  two_highs_one_low: "double top",
} as const;

function trendWords(trend: "uptrend" | "downtrend" | "sideways"): string {
  return trend === "sideways" ? "sideways trend" : trend;
}

function article(words: readonly string[]): string {
  const [first = ""] = words;
  return `${/^[aeiou]/.test(first) ? "an" : "a"} ${words.join(" or ")}`;
}

function and(words: readonly string[]): string {
  return listOf(words);
}

/** Digits that the language reads back exactly: 1 billion, 250 million, 120000. */
function plainAmount(usd: number): string {
  if (usd >= 1e9) return `${Number((usd / 1e9).toFixed(3))} billion`;
  if (usd >= 1e6) return `${Number((usd / 1e6).toFixed(3))} million`;
  return String(usd);
}
