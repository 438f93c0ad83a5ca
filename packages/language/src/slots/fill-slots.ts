import type { Slots } from "@vibe-charting/contracts";
import { hasCore } from "../clauses/contents.ts";
import { type Question, spansOf } from "../clauses/question.ts";
import type { Request } from "../clauses/requests.ts";
import type { Segment } from "../clauses/segments.ts";
import { asksInWords, isOfSpeaker } from "../clauses/telling.ts";
import type { Decision } from "../intents/decide.ts";
import { emptySlots } from "../reading.ts";
import { readNumbers } from "./read-numbers.ts";

type Answered = { request: Request; decision: Decision };

/** Fills the slots of a question from the requests that are answered. */
export function fillSlots(
  question: Question,
  segments: readonly Segment[],
  answered: readonly Answered[],
): Slots {
  const decisions = answered.map(({ decision }) => decision);
  const own = answered.flatMap(({ request }) => request.segments);
  const neutral = segments.filter(
    segment => segment.scope.length === 0 && !own.includes(segment) && !hasCore(segment),
  );
  const numbers = readNumbers(question, own);
  const others = readNumbers(
    question,
    neutral.filter(segment => narrows(question, segment)),
  );
  const intents = new Set(decisions.flatMap(({ intents: found }) => found));
  const isList = ["signal", "volatility", "performance", "trend"].some(intent =>
    intents.has(intent as "trend"),
  );
  return {
    ...emptySlots(),
    symbols: [...new Set(decisions.flatMap(({ symbols }) => symbols))],
    excludeSymbols: [
      ...new Set([
        ...question.coins.filter(({ excluded }) => excluded).map(({ symbol }) => symbol),
        ...question.excludedGroups,
      ]),
    ],
    timeframe: chooseTime(question, own, neutral) ?? timeBeside(question, own, segments),
    // "The weaker of the two" counts what is compared.
    limit:
      !isList && intents.has("compare")
        ? null
        : (numbers.limit ??
          others.limit ??
          (isList && answered.some(({ request }) => asksForOne(question, request)) ? 1 : null)),
    trend: oneOrMany(decisions.flatMap(({ trends }) => trends)),
    signal: oneOrMany(decisions.flatMap(({ signals }) => signals)),
    direction: oneOrMany(decisions.flatMap(({ directions }) => directions)),
    minChangePct: numbers.minChangePct ?? others.minChangePct,
    maxRank: numbers.maxRank ?? others.maxRank,
    minConfidence: numbers.minConfidence ?? others.minConfidence,
    minMarketCap: numbers.minMarketCap ?? others.minMarketCap,
    negated: decisions.some(({ negated }) => negated.length > 0),
  };
}

function oneOrMany<T>(values: readonly T[]): T | T[] | null {
  const distinct = [...new Set(values)];
  if (distinct.length > 1) return distinct;
  return distinct[0] ?? null;
}

/** The time of what is answered; failing that, one that stands by itself. */
function chooseTime(question: Question, own: readonly Segment[], neutral: readonly Segment[]): string | null {
  for (const segments of [own, neutral.filter(segment => narrows(question, segment))]) {
    for (const segment of segments) {
      if (isOwned(question, segment) || (isOfSpeaker(question, segment) && !asksInWords(question, segment)))
        continue;
      const time = question.times.find(
        ({ start, timeframe }) => timeframe !== null && start >= segment.start && start < segment.end,
      );
      if (time) return time.timeframe;
    }
  }
  return null;
}

/** The time of what is told right before what is asked: "a ton of coins fell today, which ones fell hardest?" */
function timeBeside(
  question: Question,
  own: readonly Segment[],
  segments: readonly Segment[],
): string | null {
  const told = segments.filter(
    segment =>
      !own.includes(segment) &&
      hasCore(segment) &&
      segment.scope.length === 0 &&
      !isOfSpeaker(question, segment) &&
      own.some(({ sentence }) => sentence === segment.sentence),
  );
  return chooseTime(question, told, []);
}

/** Something of the speaker's own beside what is asked, with its own time: "for our weekly newsletter". */
function isOwned({ words }: Question, segment: Segment): boolean {
  return (
    !hasCore(segment) &&
    words.slice(segment.start, segment.end).some(word => /^(my|our|his|her|their)$/.test(word))
  );
}

/** Whether a segment without a request of its own narrows the others, rather than telling something. */
function narrows({ words }: Question, segment: Segment): boolean {
  return !words
    .slice(segment.start, segment.end)
    .some(word => /^(i|we|my|our|he|she|they|had|was|were|been)$/.test(word));
}

/** Whether one coin is asked for, in one segment or around a remark: "which coin, of the top 40, moves the most". */
function asksForOne(question: Question, { segments }: Request): boolean {
  if (segments.some(segment => isSingular(question, segment) || saysSingle(question, segment))) return true;
  const [first, last] = [segments[0], segments.at(-1)];
  if (!first || !last || first === last || !/^(which|what)$/.test(question.words[first.start] ?? ""))
    return false;
  const isOpening =
    first.end - first.start <= 3 &&
    first.frame.some(({ means }) => means.kind === "oneItem") &&
    first.subject.length === 0;
  return (
    isOpening &&
    isSingular(question, {
      ...last,
      start: first.start,
      frame: segments.flatMap(({ frame }) => frame),
    })
  );
}

/** "A single coin", "the single most recent volume anomaly". */
function saysSingle({ words }: Question, { start, end, subject, frame }: Segment): boolean {
  const single = words.indexOf("single", start);
  if (single < 0 || single >= end || /^every$/.test(words[single - 1] ?? "")) return false;
  return (
    frame.some(({ means, start: item }) => means.kind === "oneItem" && item - single <= 3 && item > single) ||
    subject.some(
      ({ means, start: from, end: to }) =>
        /^(trend|signal)$/.test(means.kind) &&
        from > single &&
        from - single <= 4 &&
        !/s$/.test(words[to - 1] ?? ""),
    )
  );
}

/** "The best performing coin", "which coin is the most volatile": a superlative about one coin. */
function isSingular({ words, tokens }: Question, segment: Segment): boolean {
  const ranks = segment.subject.filter(({ means, start, end }) => {
    if (means.kind === "atLeast" || means.kind === "atMost") return false;
    // "A coin of the top 50" counts the coins that are looked at.
    if (words[end - 1] === "top" && !Number.isNaN(tokens[end]?.value ?? Number.NaN)) return false;
    return (
      means.kind === "superlative" ||
      words
        .slice(start, end)
        .some(
          word =>
            /^(most|least|best|worst|top|biggest|lowest|highest|hottest|calmest|steadiest|\w+est)$/.test(
              word,
            ) && !/^(latest|rest|test|west|interest)$/.test(word),
        )
    );
  });
  if (ranks.length === 0) return false;
  const single = segment.frame.filter(
    ({ means, start, end }) =>
      means.kind === "oneItem" ||
      /(^| )(which|what) (one|coin|crypto)$/.test(words.slice(start, end).join(" ")),
  );
  if (single.length > 0) return true;
  if (segment.frame.some(({ means }) => means.kind === "item")) return false;
  return (
    segment.subject.some(({ means, start, end }) => {
      const text = words.slice(start, end).join(" ");
      return (
        ((means.kind === "trend" || means.kind === "signal") &&
          /(trend|spike|anomaly|surge|dump)$/.test(text) &&
          text !== "trend" &&
          ranks.some(rank => rank.end === start)) ||
        (means.kind === "performance" &&
          /(^| )(gainer|loser|winner|mover|laggard|outperformer|underperformer)$/.test(text)) ||
        (means.kind === "gain" && /^(performer|drop|dip|gain|loss|move)$/.test(text)) ||
        (means.kind === "climb" &&
          /^(drop|fall|rise|climb|slide|decline)$/.test(text) &&
          words[start - 1] !== "to")
      );
    }) ||
    spansOf(segment.subject, "market").some(
      ({ start, end }) =>
        words.slice(start, end).join(" ") === "crypto" &&
        !/s$/.test(words[end] ?? "") &&
        ranks.some(rank => rank.end <= start),
    )
  );
}
