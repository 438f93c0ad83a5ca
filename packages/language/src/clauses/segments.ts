import type { Span } from "../phrases/layers.ts";
import type { CoinMention, Question } from "./question.ts";

/** A stretch of the question between punctuation marks and conjunctions, with what was found in it. */
export type Segment = {
  start: number;
  end: number;
  /** Counts sentences from 0. */
  sentence: number;
  /** The mark or word that ended the segment before it; empty at the start. */
  joint: string;
  /** The mark that ends the sentence. */
  isQuestion: boolean;
  subject: readonly Span[];
  frame: readonly Span[];
  scope: readonly Span[];
  coins: readonly CoinMention[];
};

const sentenceEnds = new Set([".", "?", "!", "…"]);
const marks = new Set([",", ";", ":", "(", ")", "–", "—", "|", "[", "]", '"']);
const conjunctions = new Set(["and", "but", "then", "also", "plus", "so", "because", "though", "although"]);

/** From so many words on, a text without a mark that ends a sentence was spoken rather than written. */
const dictatedWords = 25;
const openings =
  /^(anyway|anyways|(so )?what i (really |actually |just )?(want|wanted|need|needed|am after|am asking|would like)|(what )?i (just |only |really )?(want|wanted|need|needed) to (know|ask|see)|(can|could|would) you (please |just |maybe )?(tell|show|give|list|find|check)|my question is)( |$)/;

/** Whether a sentence begins here in speech that was written down without marks. */
function opensSentence(words: readonly string[], at: number): boolean {
  return openings.test(words.slice(at, at + 6).join(" "));
}

/** Cuts the question into segments. Marks inside a phrase ("two highs, one low") or a list of coins do not cut. */
export function cutSegments(question: Question): Segment[] {
  const { tokens, words, layers } = question;
  const bound = new Set<number>();
  for (const span of [...layers.subject, ...layers.scope])
    for (let at = span.start + 1; at < span.end; at++) bound.add(at);
  for (const { start, end } of question.times) for (let at = start; at < end; at++) bound.add(at);
  // "Between 5 and 10%" is one bound.
  words.forEach((word, at) => {
    if (word === "between" && !Number.isNaN(tokens[at + 1]?.value ?? Number.NaN))
      for (let next = at; next < at + 4; next++) bound.add(next);
  });
  const isCoin = (at: number): boolean => question.coins.some(({ start, end }) => at >= start && at < end);
  const segments: Segment[] = [];
  let start = 0;
  let sentence = 0;
  let joint = "";
  const close = (end: number, nextJoint: string): void => {
    if (end > start) segments.push(segmentOf(question, start, end, sentence, joint));
    if (end > start || nextJoint !== "") joint = nextJoint;
  };
  const isDictated = words.length >= dictatedWords && !words.some(word => sentenceEnds.has(word));
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? "";
    if (bound.has(at)) continue;
    if (isDictated && at - start >= 4 && opensSentence(words, at)) {
      close(at, ".");
      start = at;
      sentence += 1;
    }
    const isMark = tokens[at]?.kind === "mark";
    if (word === "." && /^(vs|v|approx|incl|excl|min|max|e|g|i|mkt)$/.test(words[at - 1] ?? "")) continue;
    if (isMark && sentenceEnds.has(word)) {
      close(at, word);
      start = at + 1;
      if (segments.at(-1)?.sentence === sentence) sentence += 1;
    } else if (isMark && word === ";") {
      close(at, word);
      start = at + 1;
    } else if (
      isMark &&
      (marks.has(word) || (word === "-" && tokens[at]?.spaced && tokens[at + 1]?.spaced))
    ) {
      if (isCoin(at - 1) && isCoin(at + 1)) continue;
      close(at, word);
      start = at + 1;
    } else if (
      conjunctions.has(word) &&
      // "My boss is so volatile".
      !(
        word === "so" &&
        /^(is|are|was|were|am|been|looks?|feels?|gets?|got|not|how|why)$/.test(words[at - 1] ?? "")
      ) &&
      !isWithinAmount(question, at) &&
      !isBetweenRanks(question, at) &&
      !(isCoin(at - 1) && isCoin(at + 1)) &&
      !(
        word === "then" &&
        /^(bigger|better|more|worse|less|stronger|weaker|higher|lower|calmer|faster|rather|other)$/.test(
          words[at - 1] ?? "",
        )
      )
    ) {
      close(at, word);
      start = at + 1;
    }
  }
  close(words.length, "");
  return segments;
}

/** "Best and worst", "top and bottom performers". */
function isBetweenRanks({ words, layers }: Question, at: number): boolean {
  const ranks = layers.subject.filter(({ means }) => means.kind === "superlative");
  return (
    words[at] === "and" &&
    ranks.some(({ end }) => end === at) &&
    layers.subject.some(
      ({ means, start }) =>
        start > at &&
        words.slice(at + 1, start).every(word => /^(the|which|what|those|are|is)$/.test(word)) &&
        /^(superlative|volatility)$/.test(means.kind),
    )
  );
}

/** "Two and a half", and the sign of a number: "+10%", "80%+". */
function isWithinAmount({ tokens, words }: Question, at: number): boolean {
  if (tokens[at]?.raw === "+")
    return (
      tokens[at - 1]?.kind === "number" || (tokens[at + 1]?.kind === "number" && !tokens[at + 1]?.spaced)
    );
  return words[at] === "and" && words[at + 1] === "a" && words[at + 2] === "half";
}

const discourseMarkers =
  /^(anyway|anyways|anyhow|well|ok|okay|right|now|whatever|please|quickly|quick|actually|honestly|basically|just|first|second|third|next|finally|still|yet|hey|so|and|but|then|also)$/;

/** Where the segment says something, after words that only lead over to it: "anyway", "ok now". */
export function openingOf({ words }: Pick<Question, "words">, { start, end }: Segment): number {
  let at = start;
  while (at < end - 1 && discourseMarkers.test(words[at] ?? "")) at += 1;
  return at;
}

function segmentOf(question: Question, start: number, end: number, sentence: number, joint: string): Segment {
  const inside = <T extends { start: number }>(spans: readonly T[]): T[] =>
    spans.filter(span => span.start >= start && span.start < end);
  const ending = question.words
    .slice(end)
    .find((word, at) => sentenceEnds.has(word) && question.tokens[end + at]?.kind === "mark");
  return {
    start,
    end,
    sentence,
    joint,
    isQuestion: ending === "?",
    subject: inside(question.layers.subject),
    frame: inside(question.layers.frame),
    scope: inside(question.layers.scope),
    coins: inside(question.coins),
  };
}
