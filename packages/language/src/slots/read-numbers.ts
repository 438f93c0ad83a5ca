import { type Question, spansOf } from "../clauses/question.ts";
import type { Segment } from "../clauses/segments.ts";
import { numberWords } from "../lexicon/number-words.ts";
import { type Amount, readAmount } from "./read-amount.ts";
import { placeFraction } from "./read-fraction.ts";

export type NumberSlots = {
  limit: number | null;
  maxRank: number | null;
  minChangePct: number | null;
  minConfidence: number | null;
  minMarketCap: number | null;
};

/** More results than this are no list that somebody reads; a larger number means something else. */
const maxLimit = 1000;
const maxRankLimit = 100_000;

/** Reads every number of the given segments into the slot that its surroundings name. */
export function readNumbers(question: Question, segments: readonly Segment[]): NumberSlots {
  const slots: NumberSlots = {
    limit: null,
    maxRank: null,
    minChangePct: null,
    minConfidence: null,
    minMarketCap: null,
  };
  for (const segment of segments) readSegment(question, segment, slots);
  return slots;
}

function readSegment(question: Question, segment: Segment, slots: NumberSlots): void {
  const { tokens, words } = question;
  const taken = (at: number): boolean =>
    question.times.some(({ start, end }) => at >= start && at < end) ||
    question.coins.some(({ start, end }) => at >= start && at < end) ||
    segment.subject.some(
      ({ start, end, means }) =>
        at >= start &&
        at < end &&
        means.kind !== "superlative" &&
        means.kind !== "atLeast" &&
        means.kind !== "atMost" &&
        means.kind !== "marketCap",
    );
  for (let at = segment.start; at < segment.end; ) {
    const afterFraction = taken(at) ? undefined : placeFraction(question, segment, at, slots);
    if (afterFraction !== undefined) {
      at = afterFraction;
      continue;
    }
    const amount = taken(at) ? undefined : readAmount(tokens, at);
    if (!amount || amount.end > segment.end) {
      readWordAmount(words[at] ?? "", words[at - 1] ?? "", slots);
      at += 1;
      continue;
    }
    const upper =
      (words[at - 1] === "between" && /^(and|to)$/.test(words[amount.end] ?? "")) ||
      (/^ranks?$/.test(words[at - 1] ?? "") && /^(-|–|to)$/.test(words[amount.end] ?? ""))
        ? readAmount(tokens, amount.end + 1)
        : undefined;
    // Of a range only the lower bound has a slot.
    const bound = upper
      ? {
          ...amount,
          // Of ranks only the upper one has.
          value: /^ranks?$/.test(words[at - 1] ?? "") ? upper.value : amount.value,
          end: upper.end,
          percent: upper.percent,
          money: upper.money || amount.money,
        }
      : amount;
    if (!isExcludedRank(question, amount.start)) place(question, segment, bound, slots);
    at = bound.end;
  }
}

/** "Excluding the top 10" has no slot of its own. */
function isExcludedRank({ words, layers }: Question, at: number): boolean {
  return (
    (words[at - 1] === "top" && words.slice(Math.max(0, at - 4), at).includes("outside")) ||
    (words[at - 1] === "top" &&
      layers.exclusion.some(
        ({ end }) => end <= at - 1 && at - 1 - end <= 1 && !/^(in|of|from)$/.test(words[at - 2] ?? ""),
      ))
  );
}

/** "Doubled" and the like say an amount without a number. */
function readWordAmount(word: string, previous: string, slots: NumberSlots): void {
  if (previous === "double" && /^digits?$/.test(word)) slots.minChangePct ??= 10;
  if (word === "doubled") slots.minChangePct ??= 100;
  if (word === "tripled") slots.minChangePct ??= 200;
  if (word === "quadrupled") slots.minChangePct ??= 300;
  if (word === "halved") slots.minChangePct ??= 50;
  const times = /^(.+)fold$/.exec(word)?.[1];
  const factor = times === undefined ? undefined : numberWords.get(times);
  if (factor !== undefined && factor > 1) slots.minChangePct ??= (factor - 1) * 100;
}

function place(question: Question, segment: Segment, amount: Amount, slots: NumberSlots): void {
  const { words, tokens } = question;
  const follows = (kind: "confidence" | "marketCap", reach: number): boolean =>
    spansOf(segment.subject, kind).some(({ end }) => end <= amount.start && amount.start - end <= reach);
  const precedes = (kind: "confidence" | "marketCap", reach: number): boolean =>
    spansOf(segment.subject, kind).some(({ start }) => start >= amount.end && start - amount.end <= reach);
  const before = words.slice(Math.max(segment.start, amount.start - 4), amount.start);
  const capped = spansOf(segment.subject, "atMost").some(
    ({ end }) => end <= amount.start && amount.start - end <= 1,
  );
  const value = amount.value;
  if (
    (follows("confidence", 4) || precedes("confidence", amount.percent || value <= 1 ? 3 : 0)) &&
    !amount.money &&
    value > 0 &&
    value <= 100
  ) {
    if (!capped) slots.minConfidence ??= value > 1 || amount.percent ? value / 100 : value;
    return;
  }
  const isShare =
    value > 0 && value < 1 && !amount.percent && !amount.money && (tokens[amount.end - 1]?.unit ?? "") === "";
  if (isShare && question.layers.subject.some(({ means }) => means.kind === "confidence")) {
    if (!capped) slots.minConfidence ??= value;
    return;
  }
  if (amount.money && value >= 1e5) {
    if (!capped) slots.minMarketCap ??= value;
    return;
  }
  if ((follows("marketCap", 5) || precedes("marketCap", 3)) && value >= 1e5) {
    if (!capped) slots.minMarketCap ??= value;
    return;
  }
  if (amount.percent) {
    if (!capped && value > 0) slots.minChangePct ??= value;
    return;
  }
  const unit = tokens[amount.end - 1]?.unit ?? "";
  if (unit === "x" && value >= 2 && value < 20) {
    slots.minChangePct ??= (value - 1) * 100;
    return;
  }
  if (amount.money || unit === "x" || !Number.isInteger(value) || value < 1 || /^(st|nd|rd|th)$/.test(unit))
    return;
  if (words[amount.end] === "digit" || words[amount.end] === "digits") return;
  const rank = rankBound(question, segment, amount, before);
  if (rank) {
    if (value <= maxRankLimit) slots.maxRank ??= value;
    return;
  }
  const countsResults =
    /^(results?|coins?|tokens?|names?|entries|rows|items|of|please|)$/.test(words[amount.end] ?? "") ||
    /^(to|most|maximum|max)$/.test(before.at(-1) ?? "");
  if (value > maxLimit || (capped && !countsResults)) return;
  if (capped) slots.limit ??= value;
  if (isCount(question, segment, amount, before)) {
    slots.limit ??= value;
  }
}

const rankPrepositions = /^(in|within|of|from|among|amongst|across|inside|into|for|to|only)$/;

/** Whether "top N" bounds the rank: "in the top 50", "top 50 by market cap", "top 20 only". */
function rankBound(question: Question, segment: Segment, amount: Amount, before: readonly string[]): boolean {
  const { words } = question;
  const after = words[amount.end] ?? "";
  const sized = /^(biggest|largest)$/;
  const isSize =
    (sized.test(words[amount.end] ?? "") &&
      /^(coins|cryptos|tokens|caps|alts|altcoins|ones)$/.test(words[amount.end + 1] ?? "")) ||
    (sized.test(before.at(-1) ?? "") &&
      /^(coins|cryptos|tokens|caps|alts|altcoins|ones)$/.test(words[amount.end] ?? ""));
  if (isSize) return true;
  const byCap = spansOf(segment.subject, "rank").some(
    ({ start, end }) => end > start + 1 && start >= amount.end && start - amount.end <= 3,
  );
  const top = before.lastIndexOf("top");
  const head = before[before.length - 1] === "-" ? before.length - 2 : before.length - 1;
  if (
    /^(rank|ranks|ranked|ranking)$/.test(before.at(-1) ?? "") ||
    (before.slice(-3).some(word => /^(rank|ranks|ranked)$/.test(word)) &&
      /^(under|below|within|top|up|than|from|of|to|most|<|<=|≤|=|:|is)$/.test(before.at(-1) ?? "")) ||
    (/^(rank|ranks|ranked|ranking)$/.test(words[amount.end] ?? "") &&
      /^(under|below|within|than|above)$/.test(before.at(-1) ?? ""))
  )
    return true;
  const bySize = /^(biggest|largest)$/.test(after) || /^(biggest|largest)$/.test(before.at(-1) ?? "");
  const isTop = (top >= 0 && top === head) || (byCap && before[head] === "first");
  if (!isTop && !bySize) return false;
  if (byCap) return true;
  const lead = isTop ? before.slice(0, top) : before.filter(word => !/^(biggest|largest)$/.test(word));
  const preposition =
    lead
      .filter(word => !/^(the|all|your|just|only|out|any|market|overall|current|crypto)$/.test(word))
      .at(-1) ?? "";
  const listed = nextIsRanked(question, segment, amount);
  if ((rankPrepositions.test(preposition) || lead.includes("only")) && !listed) return true;
  if (bySize)
    return (
      /^(coins|cryptos|tokens|caps|alts|altcoins)$/.test(
        words[amount.end + (after.startsWith("big") || after.startsWith("larg") ? 1 : 0)] ?? "",
      ) && rankPrepositions.test(preposition)
    );
  const closing = /^(coins|cryptos|tokens|names)$/.test(after) ? (words[amount.end + 1] ?? "") : after;
  if (closing === "only" || (after === "" && lead.at(-1) === "only")) return true;
  // At the clause's end, behind what is asked: "uptrend coins, top 100".
  let next = amount.end;
  for (const time of question.times) if (time.start === next) next = time.end;
  const isLast =
    next >= segment.end || (/^(please|now|coins|only)$/.test(after) && amount.end + 1 >= segment.end);
  return isLast && amount.value >= 20 && (amount.start - 1 > segment.start || segment.joint !== "");
}

/** Whether a ranking follows: in "of the top 10 gainers" ten is a count. */
function nextIsRanked(question: Question, segment: Segment, amount: Amount): boolean {
  return question.words
    .slice(amount.end, Math.min(segment.end, amount.end + 3))
    .some(word =>
      /^(gainers?|losers?|performers?|performing|movers?|winners?|signals?|drops|gains)$/.test(word),
    );
}

/** Whether the number counts what holds the results: "one list of", "a single clean table of", "two reports on". */
function countsAnswers(words: readonly string[], at: number, isOne: boolean): boolean {
  const holder = isOne
    ? /^(list|listing|table|chart|graph|overview|summary|report|answer|reply|message|ranking|rundown|snapshot|view|page|roundup)$/
    : /^(lists|listings|tables|overviews|summaries|reports|answers|replies|messages|rankings)$/;
  return [at, at + 1].some(
    next =>
      holder.test(words[next] ?? "") && /^(of|with|for|on|about|showing|:|)$/.test(words[next + 1] ?? ""),
  );
}

/** Whether a bare number counts results: near what is listed, or after "top", "give me", "first". */
function isCount(question: Question, segment: Segment, amount: Amount, before: readonly string[]): boolean {
  const { words, tokens } = question;
  const after = words[amount.end] ?? "";
  const previous = before.at(-1) ?? "";
  // "Drop those two" counts what is left out.
  if (
    /^(those|these|them)$/.test(previous) &&
    question.layers.exclusion.some(({ end }) => end >= amount.start - 1 && end < amount.start + 1)
  )
    return false;
  const isOne = tokens[amount.start]?.text === "one";
  if (countsAnswers(words, amount.end, isOne) && previous !== "top") return false;
  if (isOne && previous === "only" && before.at(-2) === "the") return false;
  if (isOne)
    return (
      (/^(just|only|me|top|pick|single|name|best|worst|give|list|show)$/.test(previous) &&
        !/^(more|last|of|thing|question|line|sentence|by)$/.test(after)) ||
      (/^(coin|token|altcoin|crypto)$/.test(after) &&
        /^(just|only|me|pick|name|give|list|show|want|need|)$/.test(previous))
    );
  if (
    /^(days?|hours?|weeks?|months?|years?|minutes?|times|percent|of\b.*|points?|dollars?|bucks|usd|cents?|people|reasons?|ways?|sentences?|lines?|paragraphs?|words?|bullets?|pages?|slides?|friends|kids|screens|am|pm|years)$/.test(
      after,
    ) &&
    after !== "of"
  )
    return false;
  if (
    /^(#|number|no|since|year|in|by|on|at|rank|above|over|below|under|than|level|layer|web|version|v)$/.test(
      previous,
    ) &&
    previous !== "no"
  )
    return false;
  if (
    /^(top|best|worst|first|bottom|me|give|list|show|limit|just|only|max|maximum|name|pick|get|find|the|to|latest|last|newest|biggest|recent|up|want|need|what|which|any|these|those|are|my|:|see|send|than|fetch|return|display|strongest|weakest|calmest|lowest|highest|your|exactly|say|like|about|most|largest|,|and|-|with|for)$/.test(
      previous,
    ) ||
    before.length === 0
  )
    return true;
  // "The most erratic three since Monday".
  const isAfterRank = segment.subject.some(
    ({ end, means }) =>
      end === amount.start && /^(volatility|performance|gain|trend|signal|superlative)$/.test(means.kind),
  );
  if (isAfterRank && (amount.end === segment.end || question.times.some(({ start }) => start === amount.end)))
    return true;
  return (
    segment.subject.some(({ start }) => start >= amount.end && start - amount.end <= 3) ||
    segment.frame.some(
      ({ start, means }) =>
        (means.kind === "item" || means.kind === "oneItem") && start >= amount.end && start - amount.end <= 4,
    ) ||
    after === "of" ||
    amount.end === segment.end
  );
}
