import type { Question } from "../clauses/question.ts";
import { functionWords } from "../lexicon/function-words.ts";

/** The words, as typed, that neither the lexicon nor a slot used and that say something of their own. */
export function unreadWords(question: Question, start = 0, end = question.tokens.length): string[] {
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
  const unread: string[] = [];
  for (let at = start; at < end; at++) {
    const token = question.tokens[at];
    if (token?.kind !== "word" || read.has(at) || functionWords.has(token.text) || !Number.isNaN(token.value))
      continue;
    if (token.text.length < 2) continue;
    unread.push(token.raw);
  }
  return unread;
}
