import type { QueryResult } from "@vibe-charting/contracts";
import type { CoinFacts } from "./coin-facts.ts";
import type { SkipReason } from "./skip-reason.ts";

/** A result that is still to be completed: of a coin, and with the evidence of the state of an episode with this id. */
export type PartResult = QueryResult & { readonly coin: CoinFacts; readonly episodeStateId?: number };

/** One part of an answer: what a question's list, coins or market come to. */
export type AnswerPart = {
  readonly text: string;
  readonly results: readonly PartResult[];
  readonly evaluated: number;
  readonly skipped: ReadonlyMap<SkipReason, number>;
};

/** Puts the parts of a question's answer one after the other. */
export function joinParts(parts: readonly AnswerPart[]): AnswerPart {
  const skipped = new Map<SkipReason, number>();
  for (const part of parts) {
    for (const [reason, coins] of part.skipped)
      skipped.set(reason, Math.max(skipped.get(reason) ?? 0, coins));
  }
  return {
    text: parts.map(({ text }) => text).join(" "),
    results: parts.flatMap(({ results }) => results),
    evaluated: Math.max(0, ...parts.map(({ evaluated }) => evaluated)),
    skipped,
  };
}
