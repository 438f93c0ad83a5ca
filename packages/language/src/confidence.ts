import type { Intent } from "@vibe-charting/contracts";
import type { Question } from "./clauses/question.ts";
import type { Decision } from "./intents/decide.ts";

/** How likely the intents are right, from what usually goes wrong; measured by `evaluate/main.ts`. */
export function readConfidence(
  question: Question,
  intents: readonly Intent[],
  decisions: readonly Decision[],
  unread: readonly string[],
): number {
  const isVague = decisions.some(({ isStrong }) => !isStrong);
  if (question.words.length === 0) return 0.99;
  if (isVague) return 0.85;
  if (intents.length > 1) return 0.9;
  return unread.length > 2 ? 0.9 : 0.95;
}
