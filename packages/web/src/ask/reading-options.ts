import type { Interpretation } from "@vibe-charting/contracts";
import { amount, share } from "../format/numbers.ts";
import { intentNames, signalNames, timeframeNames, trendNames } from "../format/words.ts";
import { composeQuestion, type Reading, readingOf } from "./compose-question.ts";
import { directionList, listOf, signalList, trendList } from "./slot-lists.ts";
import { timeframeFor } from "./timeframe-for.ts";

type ChipOption = { readonly name: string; readonly question: string };

/** One part of how a question was read: what it is now, what else it could be, and the question without it. */
export type Chip = {
  readonly id: string;
  readonly label: string;
  readonly value: string;
  readonly options: readonly ChipOption[];
  /** Null where the question would be none without it. */
  readonly without: string | null;
};

const limits = [3, 5, 10, 20, 50];
const ranks = [10, 20, 50, 100];
const confidences = [0.5, 0.6, 0.7, 0.8, 0.9];
const changes = [2, 5, 10, 20, 50];
const marketCaps = [1e8, 1e9, 1e10, 1e11];

/** The chips of a reading. A question that was not understood has none. */
export function chipsOf(interpretation: Interpretation): Chip[] {
  const reading = readingOf(interpretation);
  const kind = reading.intents.find(intent => !["help", "unknown"].includes(intent));
  if (kind === undefined) return [];
  const isList = reading.symbols.length === 0 && kind !== "market_overview";
  return [
    intentChip(reading),
    ...reading.symbols.map(symbol => symbolChip(reading, symbol)),
    windowChip(reading, interpretation.window),
    ...(isList ? listChips(reading) : []),
  ];
}

function listChips(reading: Reading): Chip[] {
  const { limit, maxRank, minConfidence, minChangePct, minMarketCap, excludeSymbols } = reading;
  const with_ = (part: Partial<Reading>) => composeQuestion({ ...reading, ...part });
  const trends = trendList(reading);
  const signals = signalList(reading);
  const [direction] = directionList(reading);
  const chips: (Chip | false)[] = [
    direction !== undefined && {
      id: "direction",
      label: "Order",
      value: directionNames[direction],
      options: (reading.intents.includes("volatility")
        ? (["high", "low"] as const)
        : (["best", "worst"] as const)
      ).map(other => ({ name: directionNames[other], question: with_({ direction: other }) })),
      without: null,
    },
    trends.length > 0 && {
      id: "trend",
      label: reading.negated ? "Not in" : "Trend",
      value: listOf(trends.map(trend => trendNames[trend])),
      options: (["uptrend", "downtrend", "sideways"] as const).map(trend => ({
        name: trendNames[trend],
        question: with_({ trend }),
      })),
      without: reading.intents.length > 1 ? with_(withoutIntent(reading, "trend", { trend: null })) : null,
    },
    (signals.length > 0 || reading.intents.includes("signal")) && {
      id: "signal",
      label: reading.negated ? "Without" : "Signal",
      value: signals.length === 0 ? "Any" : listOf(signals.map(signal => signalNames[signal])),
      options: [
        { name: "Any", question: with_({ signal: null }) },
        ...(["pump_and_dump", "bottomed_out", "volume_anomaly", "two_highs_one_low"] as const).map(
          signal => ({
            name: signalNames[signal],
            question: with_({ signal }),
          }),
        ),
      ],
      without: reading.intents.length > 1 ? with_(withoutIntent(reading, "signal", { signal: null })) : null,
    },
    amountChip("limit", "How many", limit, limits, String, value => with_({ limit: value })),
    reading.intents.includes("performance") &&
      amountChip(
        "change",
        "Change at least",
        minChangePct,
        changes,
        value => `${value}%`,
        value => with_({ minChangePct: value }),
      ),
    amountChip("rank", "Rank at most", maxRank, ranks, String, value => with_({ maxRank: value })),
    (minConfidence !== null || trends.length + signals.length > 0) &&
      amountChip("confidence", "Confidence at least", minConfidence, confidences, share, value =>
        with_({ minConfidence: value }),
      ),
    amountChip("cap", "Market cap at least", minMarketCap, marketCaps, amount, value =>
      with_({ minMarketCap: value }),
    ),
    ...excludeSymbols.map(symbol => ({
      id: `without-${symbol}`,
      label: "Without",
      value: symbol.replace("@", ""),
      options: [],
      without: with_({ excludeSymbols: excludeSymbols.filter(other => other !== symbol) }),
    })),
  ];
  return chips.filter(chip => chip !== false);
}

const directionNames = {
  best: "Best first",
  worst: "Worst first",
  high: "Most first",
  low: "Least first",
} as const;

function withoutIntent(
  reading: Reading,
  intent: "trend" | "signal",
  part: Partial<Reading>,
): Partial<Reading> {
  const intents = reading.intents.filter(other => other !== intent);
  const stillAsked = intents.includes("trend") || intents.includes("signal");
  return { ...part, intents, ...(stillAsked ? {} : { minConfidence: null, negated: false }) };
}

/** What a question of another kind needs to be one, from what the reading has. */
const kinds = {
  performance: {
    intents: ["performance"],
    direction: "best",
    trend: null,
    signal: null,
    minConfidence: null,
    negated: false,
  },
  trend: {
    intents: ["trend"],
    trend: "uptrend",
    signal: null,
    direction: null,
    minChangePct: null,
    negated: false,
  },
  signal: {
    intents: ["signal"],
    signal: null,
    trend: null,
    direction: null,
    minChangePct: null,
    negated: false,
  },
  volatility: {
    intents: ["volatility"],
    direction: "high",
    trend: null,
    signal: null,
    minChangePct: null,
    minConfidence: null,
    negated: false,
  },
  market_overview: { intents: ["market_overview"] },
} as const satisfies Record<string, Partial<Reading>>;

function intentChip(reading: Reading): Chip {
  const options = Object.entries(kinds).map(([kind, part]) => ({
    // The keys of `kinds` are intents.
    name: intentNames[kind as keyof typeof kinds],
    question: composeQuestion({ ...reading, symbols: [], ...part, intents: [...part.intents] }),
  }));
  return {
    id: "intent",
    label: "About",
    value: listOf(reading.intents.map(intent => intentNames[intent])),
    options,
    without: null,
  };
}

function symbolChip(reading: Reading, symbol: string): Chip {
  const symbols = reading.symbols.filter(other => other !== symbol);
  return {
    id: `coin-${symbol}`,
    label: "Coin",
    value: symbol,
    options: [],
    without: symbols.length === 0 ? null : composeQuestion({ ...reading, symbols }),
  };
}

function windowChip(reading: Reading, window: Interpretation["window"]): Chip {
  const { timeframe } = reading;
  const since = timeframe?.startsWith("since:") ? `Since ${timeframe.slice(6)}` : undefined;
  const name = since ?? nameOf(timeframe ?? timeframeFor(window));
  return {
    id: "window",
    label: "Window",
    value: timeframe === null ? `${name}, as usual` : name,
    options: Object.entries(timeframeNames).map(([other, otherName]) => ({
      name: otherName,
      question: composeQuestion({ ...reading, timeframe: other }),
    })),
    without: timeframe === null ? null : composeQuestion({ ...reading, timeframe: null }),
  };
}

/** "7 days" for the timeframes that there are, and others as they were read: "3d". */
function nameOf(timeframe: string): string {
  return Object.entries(timeframeNames).find(([known]) => known === timeframe)?.[1] ?? timeframe;
}

function amountChip(
  id: string,
  label: string,
  value: number | null,
  steps: readonly number[],
  format: (value: number) => string,
  ask: (value: number | null) => string,
): Chip {
  return {
    id,
    label,
    value: value === null ? "any" : format(value),
    options: steps.map(step => ({ name: format(step), question: ask(step) })),
    without: value === null ? null : ask(null),
  };
}
