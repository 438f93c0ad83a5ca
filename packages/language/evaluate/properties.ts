import { Intent, Slots } from "@vibe-charting/contracts";
import fc from "fast-check";
import type { CoinLexicon } from "../src/coins/coin-lexicon.ts";
import { parseQuestion } from "../src/parse-question.ts";

const phrases = [
  "which coins",
  "top 5",
  "in the top",
  "uptrend",
  "not",
  "isn't",
  "pump and dump",
  "two highs one low",
  "BTC",
  "$eth",
  "near",
  "one",
  "vs",
  "or",
  "compare",
  "tell me when",
  "two thirds",
  "a quarter of",
  "bps",
  "3x",
  "+10%",
  "best and worst",
  "is it",
  "bu hafta",
  "рынок",
  "alert me if",
  "let me know",
  "set an alert for",
  "except",
  "no stablecoins",
  "more than",
  "10%",
  "$100m",
  "last 3 months",
  "since friday",
  "since",
  "half",
  "a",
  "hundred",
  "billion",
  "999999999999",
  "-1",
  "0",
  "1e9",
  "0x7f",
  "market cap",
  "confidence",
  "should I",
  "will",
  "how do you",
  "what is",
  "the market",
  "most volatile",
  "best",
  "worst",
  ",",
  "?",
  "!",
  ".",
  ";",
  "'; DROP TABLE coins; --",
  "SELECT * FROM x",
  "<script>",
  "\u0000",
  "\u0001",
  "\u202E",
  "📈",
  "🆘",
  "¿qué",
  "今日",
  "\n",
  "\t",
  "'s",
  "--",
  "((((",
  "31 february",
  "since 2026-99-99",
  "year to date",
  "constructor",
  "__proto__",
  "toString",
  "hasOwnProperty",
  "24h",
  "0h",
  "99999d",
  "1.5.2",
  "%%%",
  "&&",
  "@coin",
];

/** Texts at random, and texts put together from words that matter to the parser. */
export const anyText: fc.Arbitrary<string> = fc.oneof(
  fc.string({ maxLength: 500 }),
  fc.string({ unit: "binary", maxLength: 500 }),
  fc.array(fc.constantFrom(...phrases), { maxLength: 60 }).map(parts => parts.join(" ").slice(0, 500)),
  fc
    .array(fc.oneof(fc.constantFrom(...phrases), fc.string({ maxLength: 8 })), { maxLength: 40 })
    .map(parts => parts.join("").slice(0, 500)),
  fc
    .tuple(fc.constantFrom(...phrases), fc.integer({ min: 1, max: 500 }))
    .map(([phrase, times]) => phrase.repeat(times).slice(0, 500)),
);

/** Throws when a reading breaks what holds for every text; returns how long the reading took, in ms. */
export function checkReading(text: string, now: Date, coins: CoinLexicon): number {
  const startedAt = performance.now();
  const reading = parseQuestion({ text, now, coins });
  const tookMs = performance.now() - startedAt;
  Slots.strict().parse(reading.slots);
  for (const intent of reading.intents) Intent.parse(intent);
  const { timeframe, minChangePct, symbols, excludeSymbols } = reading.slots;
  const known = new Set(coins.tickers.values());
  const problems = [
    reading.intents.length === 0 && "no intent",
    reading.alert &&
      reading.intents.some(intent => intent === "unknown" || intent === "help") &&
      "an alert about nothing",
    new Set(reading.intents).size !== reading.intents.length && "an intent twice",
    reading.intents.length > 1 &&
      reading.intents.some(intent => intent === "unknown" || intent === "help") &&
      "help or unknown beside another intent",
    !(reading.confidence >= 0 && reading.confidence <= 1) && "confidence out of range",
    timeframe !== null &&
      !/^([1-9]\d{0,5}[hd]|since:\d{4}-\d\d-\d\d)$/.test(timeframe) &&
      `timeframe ${timeframe}`,
    timeframe?.startsWith("since:") &&
      !(Date.parse(timeframe.slice(6)) <= now.getTime()) &&
      `future ${timeframe}`,
    minChangePct !== null && !(minChangePct > 0) && `minChangePct ${minChangePct}`,
    !symbols.every(symbol => known.has(symbol)) && "an unknown symbol",
    !excludeSymbols.every(symbol => symbol.startsWith("@") || known.has(symbol)) &&
      "an unknown excluded symbol",
    JSON.stringify(parseQuestion({ text, now, coins })) !== JSON.stringify(reading) &&
      "another reading the second time",
  ].filter(problem => problem !== false && problem !== undefined);
  if (problems.length > 0) throw new Error(`${problems.join(", ")}: ${JSON.stringify(reading)}`);
  return tookMs;
}
