import type { Question } from "../clauses/question.ts";
import { functionWords } from "../lexicon/function-words.ts";

/** Where the words stand that neither the lexicon nor a slot used and that say something of their own. */
export function unreadAt(question: Question, start = 0, end = question.tokens.length): number[] {
  const read = new Set<number>();
  const mark = (spans: readonly { start: number; end: number }[]): void => {
    for (const span of spans) for (let at = span.start; at < span.end; at++) read.add(at);
  };
  mark(question.layers.subject);
  mark(question.layers.frame);
  mark(question.layers.exclusion);
  mark(question.layers.scope);
  mark(question.coins);
  mark(question.times);
  const unread: number[] = [];
  for (let at = start; at < end; at++) {
    const token = question.tokens[at];
    if (token?.kind !== "word" || read.has(at) || functionWords.has(token.text)) continue;
    if (!Number.isNaN(token.value) || token.text.length < 2) continue;
    unread.push(at);
  }
  return unread;
}

/** The words, as typed, that neither the lexicon nor a slot used and that say something of their own. */
export function unreadWords(question: Question, start = 0, end = question.tokens.length): string[] {
  return unreadAt(question, start, end).map(at => question.tokens[at]?.raw ?? "");
}
