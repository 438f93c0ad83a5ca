import { hasCore, hasItem, isComparison, namesRanking } from "./contents.ts";
import type { Question } from "./question.ts";
import { openingOf, type Segment } from "./segments.ts";

/** Whether the segment opens a request of its own: a question word or an imperative, and something asked. */
export function opensRequest(question: Question, segment: Segment): boolean {
  if (!hasCore(segment)) return false;
  const first = question.words[openingOf(question, segment)] ?? "";
  if (
    /^(compare|list|show|give|how|what|which|who|tell|find|any|is|are|has|have|does|did|where|why|top|best|worst|get|name|can|could|will|should|do|the)$/.test(
      first,
    )
  ) {
    if (
      /^(which|what|who|is|are|the)$/.test(first) &&
      segment.coins.length === 0 &&
      isComparison(segment) &&
      !hasItem(segment) &&
      !namesRanking(question, segment)
    )
      return false;
    return (
      first !== "the" ||
      hasItem(segment) ||
      segment.subject.some(
        ({ means }) =>
          means.kind === "performance" || means.kind === "superlative" || means.kind === "market",
      )
    );
  }
  return (
    segment.coins.some(({ excluded }) => !excluded) ||
    hasItem(segment) ||
    segment.subject.some(
      ({ means, start }) =>
        means.kind === "market" ||
        (means.kind === "performance" && /^(gainer|loser)$/.test(question.words[start] ?? "")),
    ) ||
    namesRanking(question, segment)
  );
}
