import type { Direction, Intent, Interpretation, Slots } from "@vibe-charting/contracts";
import { directionList, listOf, sidesOf, signalList, trendList } from "./slot-lists.ts";

/** The part of a reading that a question is written from. */
export type Reading = Slots & { readonly intents: readonly Intent[] };

/**
 * Writes the question that is read back as this reading. Changing a chip changes the reading and asks the question
 * that comes out, so that what is asked is always a sentence that anybody can read, change and link to.
 */
export function composeQuestion(reading: Reading): string {
  const { intents, symbols } = reading;
  if (intents.includes("compare") && symbols.length > 1) return comparison(reading) + windowOf(reading);
  if (intents.includes("market_overview")) return `market overview${windowOf(reading)}`;
  if (symbols.length > 0 && !intents.includes("performance")) return aboutCoins(reading) + windowOf(reading);
  return [head(reading) + windowOf(reading), ...filters(reading)].join(", ");
}

function comparison(reading: Reading): string {
  const [direction] = directionList(reading);
  if (direction === undefined) return `compare ${listOf(reading.symbols)}`;
  return comparisons[direction](listOf(reading.symbols, "or"));
}

const comparisons: Readonly<Record<Direction, (coins: string) => string>> = {
  best: coins => `did ${coins} do better`,
  worst: coins => `did ${coins} do worse`,
  high: coins => `which is more volatile, ${coins},`,
  low: coins => `which is less volatile, ${coins},`,
};

/** A question about named coins: how they are, or whether they have a trend or a signal. */
function aboutCoins(reading: Reading): string {
  const { symbols, negated } = reading;
  const coins = listOf(symbols);
  const isOne = symbols.length === 1;
  const trends = trendList(reading);
  const hasSignal = signalList(reading).length > 0;
  if (trends.length > 0) {
    const trend = `${isOne ? "is" : "are"} ${coins} ${negated ? "not " : ""}in ${article(trends.map(trendWords))}`;
    return hasSignal ? `${trend} with a ${signalWordsOf(reading)}` : trend;
  }
  if (hasSignal) {
    return `${isOne ? "does" : "do"} ${coins} have ${negated ? "no" : "a"} ${signalWordsOf(reading)}`;
  }
  return `how ${isOne ? "is" : "are"} ${coins} doing`;
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
  const count = limit === null ? "" : `${limit} `;
  const lists = intents.includes("trend") && trendList(reading).length > 0;
  const trends = lists ? ` ${negated ? "not " : ""}in ${article(trendList(reading).map(trendWords))}` : "";
  const signals = intents.includes("signal") ? ` with ${negated ? "no" : "a"} ${signalWordsOf(reading)}` : "";
  return `${count}${[...orderWords(reading), ""].join(" ")}coins${againstWords(reading)}${trends}${signals}`;
}

/** What a list ranks by, before the coins: "best and worst performing", "most volatile". */
function orderWords(reading: Reading): string[] {
  const { intents, symbols } = reading;
  const { change, volatility } = sidesOf(reading);
  const isAgainst = symbols.length > 0;
  const orders = [
    intents.includes("performance") && !isAgainst ? `${change.join(" and ") || "best"} performing` : [],
    intents.includes("volatility")
      ? `${volatility.map(side => (side === "low" ? "least" : "most")).join(" and ") || "most"} volatile`
      : [],
  ].flat();
  return orders.length === 0 ? [] : [orders.join(" and ")];
}

/** The coin that a list is measured against, after the coins. */
function againstWords(reading: Reading): string {
  const [benchmark] = reading.symbols;
  if (benchmark === undefined) return "";
  return ` doing ${sidesOf(reading).change.includes("worst") ? "worse" : "better"} than ${benchmark}`;
}

function signalWordsOf(reading: Reading): string {
  const signals = signalList(reading);
  if (signals.length === 0) return reading.negated ? "signals" : "signal";
  return `${signals.map(signal => signalPhrases[signal]).join(" or ")} signal`;
}

function filters(reading: Reading): string[] {
  const { minChangePct, maxRank, minConfidence, minMarketCap, excludeSymbols } = reading;
  const falls = directionList(reading)[0] === "worst";
  return [
    minChangePct === null ? [] : `${falls ? "down" : "up"} at least ${minChangePct}%`,
    maxRank === null ? [] : `in the top ${maxRank}`,
    minMarketCap === null ? [] : `with market cap above $${plainAmount(minMarketCap)}`,
    minConfidence === null ? [] : `with at least ${Math.round(minConfidence * 100)}% confidence`,
    excludeSymbols.length === 0
      ? []
      : `excluding ${listOf(excludeSymbols.map(name => name.replace("@", "")))}`,
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

/** Digits that the language reads back exactly: 1 billion, 250 million, 120000. */
function plainAmount(usd: number): string {
  if (usd >= 1e9) return `${Number((usd / 1e9).toFixed(3))} billion`;
  if (usd >= 1e6) return `${Number((usd / 1e6).toFixed(3))} million`;
  return String(usd);
}
