import type { Direction, Intent, SignalType, Timeframe, TrendType } from "@vibe-charting/contracts";
import { type Reading, readWindow } from "@vibe-charting/language";
import { timeframeWords, windowWords } from "./figures.ts";
import { nearestTimeframe } from "./nearest-timeframe.ts";
import { negatedCondition } from "./negated-condition.ts";

/** The intents that list coins; several of them are conditions on one list. */
const screenIntents = ["performance", "trend", "volatility", "signal"] as const;
type ScreenIntent = (typeof screenIntents)[number];

/** What a question asks of the data: the reading with its defaults filled in. */
export type Plan = {
  readonly market: boolean;
  readonly named: "compare" | "symbol_overview" | null;
  readonly screens: readonly ScreenIntent[];
  readonly symbols: readonly string[];
  /** The coin that a list is measured against. */
  readonly benchmark: string | null;
  readonly excludeSymbols: readonly string[];
  readonly trends: readonly TrendType[];
  readonly signals: readonly SignalType[];
  readonly directions: readonly Direction[];
  /** The condition that is negated, if any. */
  readonly negates: "trend" | "signal" | null;
  readonly minChangePct: number | null;
  readonly maxRank: number | null;
  readonly minConfidence: number | null;
  readonly minMarketCap: number | null;
  readonly limit: number | null;
  readonly window: { readonly from: Date; readonly to: Date };
  /** The window in words. */
  readonly windowWords: string;
  /** Whether the question named a window. */
  readonly hasWindow: boolean;
  readonly trendTimeframe: Timeframe;
  readonly volatilityTimeframe: Timeframe;
  /** Said where the trend's timeframe is not the one asked for. */
  readonly timeframeNote: string | null;
  /** Whether coins are compared by their volatility, and not by their change. */
  readonly comparesVolatility: boolean;
};

type Fallback = "24h" | "7d" | "30d";
const fallbacks: Readonly<Record<Intent, Fallback>> = {
  performance: "24h",
  symbol_overview: "24h",
  compare: "24h",
  market_overview: "24h",
  trend: "7d",
  signal: "7d",
  volatility: "30d",
  help: "24h",
  unknown: "24h",
};

/** The intents by what decides the window of a question with several. */
const byWindow: readonly Intent[] = [
  "performance",
  "compare",
  "symbol_overview",
  "market_overview",
  "trend",
  "volatility",
  "signal",
];

/** Turns the reading of a text into a plan at the time of a listing, where every window ends. */
export function makePlan(
  { intents, slots }: Pick<Reading, "intents" | "slots">,
  text: string,
  now: Date,
): Plan {
  const screens = screenIntents.filter(intent => intents.includes(intent));
  const named = intents.includes("compare")
    ? "compare"
    : intents.includes("symbol_overview")
      ? "symbol_overview"
      : null;
  const head = byWindow.find(intent => intents.includes(intent)) ?? "unknown";
  const window = readWindow(slots.timeframe, now, fallbacks[head]);
  const asked = slots.timeframe === null ? null : window.to.getTime() - window.from.getTime();
  const trend = asked === null ? { timeframe: "7d" as const, isExact: true } : nearestTimeframe(asked);
  const volatility = asked === null ? { timeframe: "30d" as const, isExact: true } : nearestTimeframe(asked);
  const usesTimeframe =
    screens.includes("trend") ||
    screens.includes("volatility") ||
    slots.trend !== null ||
    named === "compare";
  return {
    market: intents.includes("market_overview"),
    named,
    screens,
    symbols: slots.symbols,
    benchmark: named === null && screens.includes("performance") ? (slots.symbols[0] ?? null) : null,
    excludeSymbols: slots.excludeSymbols,
    trends: asList(slots.trend),
    signals: asList(slots.signal),
    directions: asList(slots.direction),
    negates: slots.negated ? negatedCondition(text, slots) : null,
    minChangePct: slots.minChangePct,
    maxRank: slots.maxRank,
    minConfidence: slots.minConfidence,
    minMarketCap: slots.minMarketCap,
    limit: slots.limit,
    window,
    windowWords: windowWords(slots.timeframe ?? fallbacks[head]),
    hasWindow: slots.timeframe !== null,
    trendTimeframe: trend.timeframe,
    volatilityTimeframe: volatility.timeframe,
    comparesVolatility:
      /volatil/iu.test(text) || asList(slots.direction).some(side => side === "high" || side === "low"),
    timeframeNote:
      usesTimeframe && !trend.isExact
        ? `Trends and volatility are kept over 24 hours and 7, 30 and 90 days: the ${timeframeWords[trend.timeframe]} ones are the nearest to what was asked.`
        : null,
  };
}

function asList<Value>(slot: Value | Value[] | null): readonly Value[] {
  if (slot === null) return [];
  return Array.isArray(slot) ? slot : [slot];
}
