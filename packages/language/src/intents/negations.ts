import type { SignalType, TrendType } from "@vibe-charting/contracts";
import { type Question, spansOf } from "../clauses/question.ts";
import type { Segment } from "../clauses/segments.ts";
import type { Span } from "../phrases/layers.ts";
import type { Conditions } from "./conditions.ts";

/** States that are negated, before it is settled what that says. */
export type Denied = { trends: TrendType[]; signals: { value: SignalType | null; isCorrected: boolean }[] };

/**
 * "Up or sideways but not down": what is wanted says all, as a coin has one trend. "Not pump and dumps, just
 * volume spikes" puts right what is wanted. Without anything else that is wanted, the condition is negated.
 */
export function settleNegations(found: Conditions, denied: Denied): void {
  const wanted = found.trends.filter(trend => trend !== null && !denied.trends.includes(trend));
  if (denied.trends.length > 0) {
    if (wanted.length > 0) found.trends = wanted;
    else found.negated.add("trend");
  }
  const kept = found.signals.filter(
    signal => signal !== null && !denied.signals.some(({ value }) => value === signal),
  );
  if (denied.signals.length > 0) {
    if (kept.length > 0 && denied.signals.every(({ isCorrected }) => isCorrected)) found.signals = kept;
    else found.negated.add("signal");
  }
}

/** Tokens between a negation and what it negates. */
const negationReach = 5;

/** Whether a negation in the segment stands before the span and close to it. */
export function isNegated(question: Question, segment: Segment, span: Span): boolean {
  const { words } = question;
  const negations = spansOf(segment.frame, "not").filter(
    ({ end }) => end <= span.start && span.start - end <= negationReach,
  );
  const last = negations.at(-1);
  if (!last) return isLeftOut(question, span);
  if (words[last.start] === "no" && span.start - last.end > 2) return false;
  const between = words.slice(last.end, span.start);
  // "Not BTC" leaves a coin out, and "not too volatile uptrends" negates the volatility alone.
  const leavesOut = question.coins.some(({ start, excluded }) => excluded && start === last.end);
  if (leavesOut || between.some(word => /^(but|only|instead|just)$/.test(word))) return false;
  const nearer = segment.subject.some(
    ({ means, start, end }) => negatable.has(means.kind) && start >= last.end && end <= span.start,
  );
  return !nearer || between.some(word => /^(or|nor|\/|,)$/.test(word));
}

/** "All signals except pump and dumps". */
function isLeftOut({ words, layers }: Question, span: Span): boolean {
  return layers.exclusion.some(
    ({ end }) =>
      end <= span.start &&
      span.start - end <= 2 &&
      words.slice(end, span.start).every(word => /^(the|a|an|any|for|those|all)$/.test(word)),
  );
}

/** "Not X" without a verb puts right what is wanted; "did not X" and "without X" are conditions. */
export function isCorrection({ words }: Question, segment: Segment, span: Span): boolean {
  const not = spansOf(segment.frame, "not").findLast(({ end }) => end <= span.start);
  return (
    not !== undefined &&
    words[not.start] === "not" &&
    span.start - not.end <= 1 &&
    !/^(is|are|was|were|did|do|does|has|have|had|that|which|can|could)$/.test(words[not.start - 1] ?? "")
  );
}

const negatable: ReadonlySet<string> = new Set([
  ..."trend signal volatility performance climb gain stablecoins memecoins".split(" "),
]);
