import { type Question, spansOf } from "../clauses/question.ts";
import type { Segment } from "../clauses/segments.ts";
import type { Token } from "../text/token.ts";
import type { NumberSlots } from "./read-numbers.ts";

const parts: Readonly<Record<string, number>> = {
  half: 2,
  third: 3,
  thirds: 3,
  quarter: 4,
  quarters: 4,
  fourth: 4,
  fourths: 4,
  fifth: 5,
  fifths: 5,
  sixth: 6,
  eighth: 8,
  tenth: 10,
  tenths: 10,
};

type Fraction = { value: number; end: number };

/** Reads "two-thirds", "a quarter", "half", "3/4" at `at`, as a share of one. */
function readFraction(tokens: readonly Token[], at: number): Fraction | undefined {
  const word = (index: number): string => tokens[index]?.text ?? "";
  if (word(at) === "half") return { value: 0.5, end: at + 1 };
  const over = tokens[at + 2];
  if (tokens[at]?.kind === "number" && word(at + 1) === "/" && over?.kind === "number" && !over.spaced) {
    const value = (tokens[at]?.value ?? 0) / over.value;
    return value < 1 && over.value <= 10 && over.unit === "" ? { value, end: at + 3 } : undefined;
  }
  const count = /^an?$/.test(word(at)) ? 1 : (tokens[at]?.value ?? Number.NaN);
  const partAt = word(at + 1) === "-" ? at + 2 : at + 1;
  const part = Object.hasOwn(parts, word(partAt)) ? parts[word(partAt)] : undefined;
  if (part === undefined || !(count >= 1 && count < part)) return undefined;
  return { value: count / part, end: partAt + 1 };
}

const beforeChange =
  /^(by|lost|lose|shed|down|up|dropped|gained|fell|rose|fallen|risen|dipped|jumped|than|over|least|almost|nearly|about|roughly|in)$/;

/** A fraction at `at` in the slot that its surroundings name; returns where it ends, undefined for none. */
export function placeFraction(
  { tokens, words }: Question,
  segment: Segment,
  at: number,
  slots: NumberSlots,
): number | undefined {
  const fraction = readFraction(tokens, at);
  if (!fraction || fraction.end > segment.end) return undefined;
  const { value, end } = fraction;
  const ofPercent = /^(of )?(a |an |one )?(percent|pct|%|percentage point)\b/.exec(
    words.slice(end, end + 4).join(" "),
  );
  if (ofPercent) {
    slots.minChangePct ??= rounded(value);
    return Math.min(segment.end, end + ofPercent[0].split(" ").length);
  }
  const sure = spansOf(segment.subject, "confidence").some(
    span => (span.start >= end && span.start - end <= 3) || (span.end <= at && at - span.end <= 4),
  );
  if (sure) {
    slots.minConfidence ??= Math.round(value * 100) / 100;
    return end;
  }
  const ofValue = /^(of )?(its|their|the) (value|price|worth|market)/.test(
    words.slice(end, end + 3).join(" "),
  );
  const changes = segment.subject.some(({ means }) => /^(climb|gain|performance)$/.test(means.kind));
  if (!ofValue && !(changes && isOfChange(words, at, end))) return undefined;
  slots.minChangePct ??= Math.round(value * 100);
  return end;
}

/** "Dropped by a third" and "lost half", but not "half of the coins that dropped". */
function isOfChange(words: readonly string[], at: number, end: number): boolean {
  return (
    beforeChange.test(words[at - 1] ?? "") &&
    !/^(year|month|week|day|hour|dozen|coins|a|an)$/.test(words[end] ?? "")
  );
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}
