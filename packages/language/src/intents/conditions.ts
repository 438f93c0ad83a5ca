import type { SignalType, TrendType } from "@vibe-charting/contracts";
import { type Question, spansOf, within } from "../clauses/question.ts";
import type { Segment } from "../clauses/segments.ts";
import type { Span } from "../phrases/layers.ts";
import type { NumberSlots } from "../slots/read-numbers.ts";
import { bareChange } from "./bare-change.ts";
import { bothEnds } from "./both-ends.ts";
import { type Denied, isCorrection, isNegated, settleNegations } from "./negations.ts";

type Side = "best" | "worst" | null;
type Swing = "high" | "low" | null;

/** What a request states about coins: each list is empty where nothing of its kind is stated. */
export type Conditions = {
  trends: (TrendType | null)[];
  /** Trends that a word of change says of a list ("which fell"); of one coin it asks for the price. */
  moves: TrendType[];
  signals: (SignalType | null)[];
  swings: Swing[];
  /** Performance that asks for a list by itself. */
  sides: Side[];
  /** Which of them are negated. */
  negated: Set<NegatedSlot>;
  /** A comparing word's side: "better", "dropped more". */
  comparative: { side: Side | undefined; swing: Swing | undefined };
};

/** A condition that a negation can stand before and that has no opposite to fold into. */
export type NegatedSlot = "trend" | "signal";

const flip = { best: "worst", worst: "best" } as const;
const flipSwing = { high: "low", low: "high" } as const;

/** Reads the conditions of a request's segments; a percentage among `numbers` makes a change performance. */
export function readConditions(
  question: Question,
  segments: readonly Segment[],
  numbers: NumberSlots,
): Conditions {
  const found: Conditions = {
    trends: [],
    moves: [],
    signals: [],
    swings: [],
    sides: [],
    negated: new Set(),
    comparative: { side: undefined, swing: undefined },
  };
  const denied: Denied = { trends: [], signals: [] };
  for (const segment of segments) {
    // A reason asks for nothing: "ignoring stablecoins because those don't move".
    if (segment.joint !== "because" || segments.length === 1)
      readSegment(question, segment, numbers, found, denied);
  }
  settleNegations(found, denied);
  orderBySaid(question, segments, found);
  const states = [found.trends, found.moves, found.signals, found.swings, found.sides];
  if (numbers.minChangePct !== null && states.every(list => list.length === 0)) {
    const side = bareChange(question, segments);
    if (side !== undefined) found.sides.push(side);
  }
  if (found.trends.some(trend => trend !== null)) found.trends = found.trends.filter(trend => trend !== null);
  if (found.signals.some(signal => signal !== null))
    found.signals = found.signals.filter(signal => signal !== null);
  if (found.swings.some(swing => swing !== null)) found.swings = found.swings.filter(swing => swing !== null);
  return found;
}

/** "Volatility, highest first": the order says which end is meant. */
function orderBySaid({ words }: Question, segments: readonly Segment[], found: Conditions): void {
  const first = segments
    .flatMap(segment => spansOf(segment.subject, "superlative"))
    .find(({ end }) => words[end] === "first")?.means.value;
  if (first === undefined) return;
  const isHigh = first !== "least" && first !== "worst";
  if (found.swings.length > 0 && found.swings.every(swing => swing === null))
    found.swings = [isHigh ? "high" : "low"];
  if (found.sides.length > 0 && found.sides.every(side => side === null))
    found.sides = [isHigh ? "best" : "worst"];
}

function readSegment(
  question: Question,
  segment: Segment,
  numbers: NumberSlots,
  found: Conditions,
  denied: Denied,
): void {
  const { words } = question;
  const both = bothEnds(words, segment);
  const hasChangePct = numbers.minChangePct !== null;
  const superlatives = spansOf(segment.subject, "superlative");
  const comparatives = spansOf(segment.subject, "comparative");
  const free = superlatives.filter(
    superlative =>
      !superlativeIsTaken(superlative, segment) && !(both && within(superlative, both.start, both.end)),
  );
  const top = numbers.maxRank === null ? free[0] : undefined;
  const ranking = free.find(({ means }) => means.value !== "top") ?? top;
  const comparative = comparatives[0]?.means.value;
  let changed = false;

  if (both) {
    const isSwing = both.head?.means.kind === "volatility";
    if (isSwing) found.swings.push("high", "low");
    else found.sides.push("best", "worst");
    changed = true;
  }
  for (const span of segment.subject) {
    const { means } = span;
    if (both && span === both.head) continue;
    if (means.kind === "trend") {
      found.trends.push(means.value);
      if (isNegated(question, segment, span)) {
        if (means.value === null) found.negated.add("trend");
        else denied.trends.push(means.value);
      }
    } else if (means.kind === "signal") {
      found.signals.push(means.value);
      if (isNegated(question, segment, span))
        denied.signals.push({ value: means.value, isCorrected: isCorrection(question, segment, span) });
    } else if (means.kind === "volatility") {
      const swing = swingOf(segment, span, means.value, isNegated(question, segment, span));
      found.swings.push(swing);
      if (swing !== null && (comparatives.length > 0 || superlatives.length > 0 || isComparing(words, span)))
        found.comparative.swing ??= swing;
      if (means.value === null && comparative !== undefined)
        found.comparative.swing ??= comparative === "less" || comparative === "worst" ? "low" : "high";
    } else if (means.kind === "performance" && !describesCondition(segment, span, words)) {
      const negated = isNegated(question, segment, span);
      const side =
        means.value === null
          ? (rankedSide(ranking?.means.value, null) ?? null)
          : negated !== (ranking?.means.value === "least")
            ? flip[means.value]
            : means.value;
      found.sides.push(side);
      changed = true;
      if (
        side !== null &&
        (comparatives.length > 0 ||
          ranking !== undefined ||
          /(er|est|more|most|hardest|winning)$/.test(words[span.end - 1] ?? ""))
      ) {
        found.comparative.side ??= comparative === "less" ? flip[side] : side;
      }
    } else if (means.kind === "climb" || means.kind === "gain") {
      changed = readChange(question, segment, span, ranking?.means.value, hasChangePct, found) || changed;
    } else if (means.kind === "compare" && means.value !== null) {
      found.comparative.side ??= means.value;
    } else if (means.kind === "stablecoins" && isStableAdjective(segment, span, words)) {
      found.swings.push("low");
    } else if (means.kind === "superlative" && words[span.start] === "bottom" && span.end === segment.end) {
      // "Did BTC bottom?"
      found.signals.push("bottomed_out");
    }
  }
  if (comparative === "best" || comparative === "worst") found.comparative.side ??= comparative;
  const isBottom = ranking !== undefined && words[ranking.start] === "bottom" && ranking.end === segment.end;
  if (
    ranking &&
    !changed &&
    !isBottom &&
    (ranking.means.value === "best" || ranking.means.value === "worst")
  ) {
    found.sides.push(ranking.means.value);
    found.comparative.side ??= ranking.means.value;
  }
}

/** A superlative that belongs to another word: "most volatile", "strongest uptrend", "latest", "top 50". */
function superlativeIsTaken(superlative: Span, segment: Segment): boolean {
  const next = segment.subject.find(({ start }) => start >= superlative.end);
  if (!next) return false;
  const gap = next.start - superlative.end;
  if (/^(trend|signal|volatility)$/.test(next.means.kind)) return gap <= 2;
  // "Weakest large caps" are coins, "largest cap" is a size.
  const isListed = segment.frame.some(
    ({ means, start, end }) => means.kind === "item" && next.start >= start && next.start < end,
  );
  return /^(confidence|marketCap)$/.test(next.means.kind) && gap <= 1 && !isListed;
}

/** "Stable coins" that nothing leaves out are calm ones, not the pegged ones. */
function isStableAdjective(segment: Segment, span: Span, words: readonly string[]): boolean {
  if (words[span.start] !== "stable" || span.end - span.start !== 2) return false;
  return !segment.frame.some(
    ({ means, end }) => means.kind === "not" && span.start - end <= 2 && end <= span.start,
  );
}

/** "Strong uptrends": the adjective says how sure the trend is, and ranks nothing. */
function describesCondition(segment: Segment, span: Span, words: readonly string[]): boolean {
  if (!/^(strong|weak)$/.test(words[span.end - 1] ?? "")) return false;
  return segment.subject.some(
    ({ means, start }) => start === span.end && /^(trend|signal|volatility)$/.test(means.kind),
  );
}

function isComparing(words: readonly string[], span: Span): boolean {
  return words
    .slice(span.start, span.end)
    .some(word => /(er|est)$/.test(word) || /^(more|less|most|least)$/.test(word));
}

function swingOf(segment: Segment, span: Span, value: Swing, negated: boolean): Swing {
  if (value === null) {
    const rank = segment.subject.find(
      ({ end, means }) => means.kind === "superlative" && span.start - end >= 0 && span.start - end <= 2,
    );
    if (rank?.means.kind === "superlative")
      return rank.means.value === "least" || rank.means.value === "worst" ? "low" : "high";
    return null;
  }
  const less = segment.subject.some(
    ({ end, means }) =>
      end === span.start &&
      ((means.kind === "superlative" && means.value === "least") ||
        (means.kind === "comparative" && means.value === "less")),
  );
  return negated !== less ? flipSwing[value] : value;
}

/** The side that a superlative and a change make together: "biggest" and "drops" are the worst. */
function rankedSide(
  rank: "best" | "worst" | "most" | "least" | "top" | undefined,
  change: Side,
): Side | undefined {
  if (rank === undefined) return undefined;
  if (rank === "worst") return "worst";
  if (rank === "least") return change === null ? null : flip[change];
  if (rank === "best" || rank === "top") return change ?? "best";
  return change;
}

/** A word of change is performance when ranked or counted, and else a trend ("falling") or performance ("up"). */
function readChange(
  question: Question,
  segment: Segment,
  span: Span,
  rank: "best" | "worst" | "most" | "least" | "top" | undefined,
  hasChangePct: boolean,
  found: Conditions,
): boolean {
  if (span.means.kind !== "climb" && span.means.kind !== "gain") return false;
  const { words } = question;
  // "Made two highs and a low": the verb only leads to the signal.
  const leads = /^(made|added|put|put on|returned)$/.test(words.slice(span.start, span.end).join(" "));
  const leadsTo = ({ means, start }: Span): boolean =>
    means.kind === "signal" && start >= span.end && start - span.end <= 2;
  if (
    leads &&
    (segment.subject.some(leadsTo) || /^(one|it|that|those|them|this)$/.test(words[span.end] ?? ""))
  )
    return false;
  const value = span.means.value;
  const comparative = spansOf(segment.subject, "comparative")[0]?.means.value;
  if (comparative === "more" || comparative === "less") {
    const side = value ?? "best";
    found.comparative.side ??= comparative === "less" ? flip[side] : side;
    if (rank === undefined && !hasChangePct) return false;
  }
  const performs = /^perform/.test(words[span.start] ?? "");
  const side =
    performs && rank !== undefined
      ? rank === "worst" || rank === "least"
        ? "worst"
        : "best"
      : rankedSide(rank, value);
  if (side !== undefined) {
    found.sides.push(side);
    if (side) found.comparative.side ??= side;
    return true;
  }
  const negated = isNegated(question, segment, span);
  if (hasChangePct) {
    // "Made minus 30 percent".
    const said = bareChange(question, [segment]) === "worst" ? "worst" : value;
    found.sides.push(said !== null && negated ? flip[said] : said);
    return true;
  }
  if (span.means.kind === "climb") {
    const trend = value === "best" ? "uptrend" : "downtrend";
    if (words.slice(span.start, span.end).some(word => word.endsWith("ing"))) found.trends.push(trend);
    else found.moves.push(trend);
    if (negated) found.negated.add("trend");
    return false;
  }
  if (value === null) return false;
  found.sides.push(negated ? flip[value] : value);
  return true;
}

/** Opposites offered as a question ("bullish or bearish?") state neither. */
export function stateOf(conditions: Conditions): TrendType[] {
  const trends = [...new Set(conditions.trends.filter(trend => trend !== null))];
  return trends.includes("uptrend") && trends.includes("downtrend") ? [] : trends;
}
