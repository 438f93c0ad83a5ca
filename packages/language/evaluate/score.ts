import type { Intent, Slots } from "@vibe-charting/contracts";
import { stablecoins } from "../src/lexicon/groups.ts";

/** A question with its right reading. Slots that are absent are empty; `acceptIntents` are scored leniently only. */
export type LabelledQuestion = {
  id: string;
  text: string;
  intents: Intent[];
  slots: Partial<Slots>;
  style: string;
  acceptIntents?: Intent[][];
};

type Prediction = { intents: Intent[]; slots: Slots; confidence: number };

type Mistake = { question: LabelledQuestion; prediction: Prediction; wrong: string[] };

export type Score = {
  questions: number;
  /** Share of questions with exactly the right set of intents. */
  intents: number;
  /** Share with the right intents or an accepted set. */
  lenientIntents: number;
  /** Mean over the intents of their F1. */
  macroF1: number;
  /** Share with the right intents and, where the question is answered, all twelve slots. */
  fullParse: number;
  severalIntents: number;
  outOfScopeAnswered: number;
  answerableRefused: number;
  calibrationError: number;
  mistakes: Mistake[];
};

const slotNames = [
  "symbols",
  "excludeSymbols",
  "timeframe",
  "limit",
  "trend",
  "signal",
  "direction",
  "minChangePct",
  "maxRank",
  "minConfidence",
  "minMarketCap",
  "negated",
] as const satisfies readonly (keyof Slots)[];

const intentNames = [
  "trend",
  "signal",
  "performance",
  "volatility",
  "symbol_overview",
  "compare",
  "market_overview",
  "help",
  "unknown",
] as const satisfies readonly Intent[];

function setKey(value: unknown): string {
  const values: unknown[] = Array.isArray(value)
    ? value
    : value === null || value === undefined
      ? []
      : [value];
  return [...new Set(values.map(String))].sort().join("|");
}

const hoursPerUnit: Readonly<Record<string, number>> = { h: 1, d: 24, w: 168, m: 720, q: 2160, y: 8760 };

/** A window as comparable text: hours for rolling ones, the day for the others. */
function windowKey(timeframe: string): string {
  const rolling = /^(\d+)([hdwmqy])$/.exec(timeframe);
  return rolling ? `${Number(rolling[1]) * (hoursPerUnit[rolling[2] ?? ""] ?? 0)}` : timeframe;
}

/** Whether `since:` a day and a rolling window are as long, in whole days or exactly. */
function sameLength(since: string, rolling: string, now: Date): boolean {
  const day = /^since:(\d{4}-\d\d-\d\d)$/.exec(since)?.[1];
  if (day === undefined) return false;
  const hours = (now.getTime() - Date.parse(`${day}T00:00:00Z`)) / 3_600_000;
  return [hours, Math.floor(hours / 24) * 24, Math.ceil(hours / 24) * 24]
    .map(String)
    .includes(windowKey(rolling));
}

/** Whether a slot is right, by the rules of the labels. */
function slotIsRight(name: keyof Slots, gold: unknown, read: unknown, now: Date): boolean {
  if (name === "timeframe") {
    if (typeof gold !== "string" || typeof read !== "string") return (gold ?? null) === (read ?? null);
    return windowKey(gold) === windowKey(read) || sameLength(gold, read, now);
  }
  if (name === "negated") return Boolean(gold) === Boolean(read);
  if (name === "excludeSymbols" && setKey(gold).includes("@stablecoins") && Array.isArray(read)) {
    return (
      setKey(gold) === setKey(read.map(symbol => (stablecoins.has(String(symbol)) ? "@stablecoins" : symbol)))
    );
  }
  return setKey(gold) === setKey(read);
}

const share = (count: number, of: number): number => (of === 0 ? 1 : count / of);

/** Scores readings against their labels: strict sets of intents, slots compared as sets, times in hours. */
export function score(
  questions: readonly LabelledQuestion[],
  predict: (question: LabelledQuestion) => Prediction,
  now: Date,
): Score {
  const rows = questions.map(question => {
    const prediction = predict(question);
    const right = setKey(prediction.intents) === setKey(question.intents);
    const answered = !question.intents.some(intent => intent === "unknown" || intent === "help");
    const wrong: string[] = answered
      ? slotNames.filter(name => !slotIsRight(name, question.slots[name], prediction.slots[name], now))
      : [];
    const accepted = (question.acceptIntents ?? []).some(set => setKey(set) === setKey(prediction.intents));
    return { question, prediction, right, lenient: right || accepted, wrong };
  });
  const count = (test: (row: (typeof rows)[number]) => boolean): number => rows.filter(test).length;
  const several = rows.filter(({ question }) => question.intents.length > 1);
  const refused = rows.filter(({ question }) => question.intents.includes("unknown"));
  const answerable = rows.filter(({ question }) => !question.intents.includes("unknown"));
  const isRefused = ({ prediction }: (typeof rows)[number]): boolean =>
    prediction.intents.includes("unknown");
  return {
    questions: rows.length,
    intents: share(
      count(({ right }) => right),
      rows.length,
    ),
    lenientIntents: share(
      count(({ lenient }) => lenient),
      rows.length,
    ),
    macroF1: macroF1(rows),
    fullParse: share(
      count(({ right, wrong }) => right && wrong.length === 0),
      rows.length,
    ),
    severalIntents: share(several.filter(({ right }) => right).length, several.length),
    outOfScopeAnswered: share(refused.filter(row => !isRefused(row)).length, refused.length || 1),
    answerableRefused: share(answerable.filter(isRefused).length, answerable.length || 1),
    calibrationError: calibrationError(rows),
    mistakes: rows
      .filter(({ right, wrong }) => !right || wrong.length > 0)
      .map(({ question, prediction, right, wrong }) => ({
        question,
        prediction,
        wrong: right ? wrong : ["intents", ...wrong],
      })),
  };
}

type Row = { question: LabelledQuestion; prediction: Prediction; right: boolean };

function macroF1(rows: readonly Row[]): number {
  const scores = intentNames.map(intent => {
    const wanted = rows.filter(({ question }) => question.intents.includes(intent)).length;
    const given = rows.filter(({ prediction }) => prediction.intents.includes(intent)).length;
    const both = rows.filter(
      ({ question, prediction }) => question.intents.includes(intent) && prediction.intents.includes(intent),
    ).length;
    return wanted + given === 0 ? 0 : (2 * both) / (wanted + given);
  });
  return scores.reduce((sum, value) => sum + value, 0) / scores.length;
}

/** Expected calibration error: ten bins of equal width, confidence against the share of right intents. */
function calibrationError(rows: readonly Row[]): number {
  const bins = Array.from({ length: 10 }, (): Row[] => []);
  for (const row of rows) bins[Math.min(9, Math.floor(row.prediction.confidence * 10))]?.push(row);
  return bins.reduce((sum, bin) => {
    const confidence = bin.reduce((total, { prediction }) => total + prediction.confidence, 0);
    const right = bin.filter(row => row.right).length;
    return sum + Math.abs(confidence - right) / Math.max(1, rows.length);
  }, 0);
}
