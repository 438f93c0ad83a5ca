import type { Interpretation } from "@vibe-charting/contracts";
import { amount, share } from "../format/numbers.ts";
import { intentNames, timeframeNames } from "../format/words.ts";
import type { Chip } from "./chip.ts";
import { composeQuestion, type Reading, readingOf } from "./compose-question.ts";
import { conditionChips } from "./condition-chips.ts";
import { orderChips } from "./order-chips.ts";
import { listOf, signalList, trendList } from "./slot-lists.ts";
import { timeframeFor } from "./timeframe-for.ts";

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
  const isList = listKinds.some(listed => reading.intents.includes(listed));
  return [
    intentChip(reading),
    ...reading.symbols.map(symbol => symbolChip(reading, symbol, isList ? "Against" : "Coin")),
    windowChip(reading, interpretation.window),
    ...(isList ? listChips(reading) : kind === "symbol_overview" ? conditionChips(reading) : []),
  ];
}

const listKinds = ["performance", "trend", "signal", "volatility"] as const;

function listChips(reading: Reading): Chip[] {
  const { limit, maxRank, minConfidence, minChangePct, minMarketCap, excludeSymbols } = reading;
  const with_ = (part: Partial<Reading>) => composeQuestion({ ...reading, ...part });
  const hasCondition = trendList(reading).length + signalList(reading).length > 0;
  const chips: (Chip | false)[] = [
    ...orderChips(reading),
    ...conditionChips(reading),
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
    (minConfidence !== null || hasCondition) &&
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

function symbolChip(reading: Reading, symbol: string, label: "Against" | "Coin"): Chip {
  const symbols = reading.symbols.filter(other => other !== symbol);
  return {
    id: `coin-${symbol}`,
    label,
    value: symbol,
    options: [],
    without: symbols.length === 0 && label === "Coin" ? null : composeQuestion({ ...reading, symbols }),
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
