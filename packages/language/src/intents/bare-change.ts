import type { Question } from "../clauses/question.ts";
import type { Segment } from "../clauses/segments.ts";

/**
 * The side of a change that only a number states: "coins +10% today", "any coin 3x this year"; null for one
 * without a sign, undefined where no number changes anything.
 */
export function bareChange(
  { tokens, words }: Question,
  segments: readonly Segment[],
): "best" | "worst" | null | undefined {
  for (const { start, end } of segments) {
    for (let at = start; at < end; at++) {
      const token = tokens[at];
      if (token?.kind !== "number" || token.dollar) continue;
      if (token.unit === "x" && token.value >= 2) return "best";
      if (!token.unit.startsWith("%") && !/^(%|percent|pct)$/.test(words[at + 1] ?? "")) continue;
      const sign = tokens[at - 1];
      if (sign?.raw === "+") return "best";
      return (sign?.text === "-" && !token.spaced) || sign?.text === "minus" ? "worst" : null;
    }
  }
  return undefined;
}
