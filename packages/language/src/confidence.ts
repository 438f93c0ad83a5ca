import type { Intent } from "@vibe-charting/contracts";
import type { Question } from "./clauses/question.ts";
import type { Decision } from "./intents/decide.ts";

/**
 * Shares of right intents on questions that the lexicon was not tuned with, by what speaks against a reading.
 * `evaluate/main.ts` measures how well they hold.
 */
const shares = {
  /** Nothing to read: blank, or punctuation alone. */
  blank: 0.99,
  /** The words name what is asked and leave little over. */
  plain: 0.955,
  /** Each intent beyond the first is one more chance to be wrong. */
  severalIntents: 0.925,
  /** Much of the question went unread, or its spelling had to be guessed. */
  partlyRead: 0.91,
  /** Nothing but vague words speaks for the reading: "hot", "up", "trending". */
  vague: 0.87,
  /** Not answered, although words of the lexicon occur. */
  doubtfulRefusal: 0.9,
} as const;

/** Unread words from which on a question counts as partly read. */
const manyUnreadWords = 2;

/** How likely the intents are to be the ones meant. */
export function readConfidence(
  question: Question,
  intents: readonly Intent[],
  decisions: readonly Decision[],
  unread: readonly string[],
): number {
  if (question.words.every((_, at) => question.tokens[at]?.kind === "mark")) return shares.blank;
  if (decisions.some(({ isStrong }) => !isStrong)) return shares.vague;
  const [intent] = intents;
  if (intent === "unknown") {
    const touches = question.layers.subject.some(({ means }) =>
      /^(trend|signal|volatility|performance)$/.test(means.kind),
    );
    return touches && question.layers.scope.length === 0 ? shares.doubtfulRefusal : shares.plain;
  }
  if (intents.length > 1) return shares.severalIntents;
  return unread.length >= manyUnreadWords || question.corrected > 0 ? shares.partlyRead : shares.plain;
}
