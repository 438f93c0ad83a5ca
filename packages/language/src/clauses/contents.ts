import { type Question, spansOf } from "./question.ts";
import type { Segment } from "./segments.ts";

export const conditionKinds = new Set([
  "trend",
  "signal",
  "performance",
  "volatility",
  "climb",
  "gain",
  "market",
]);

/** Whether the segment names something that can be asked about. */
export function hasCore(segment: Segment): boolean {
  return (
    segment.coins.some(({ excluded }) => !excluded) ||
    segment.subject.some(
      ({ means }) =>
        conditionKinds.has(means.kind) || (means.kind === "superlative" && means.value !== "top"),
    )
  );
}

/** "The top 10 gainers", "the losers": a noun in the plural that is a list by itself. */
export function namesRanking({ words }: Question, { subject }: Segment): boolean {
  return subject.some(
    ({ means, end }) =>
      /^(performance|gain)$/.test(means.kind) &&
      /^(gainers|losers|winners|movers|laggards|performers|risers|fallers|climbers|decliners)$/.test(
        words[end - 1] ?? "",
      ),
  );
}

export function hasItem(segment: Segment): boolean {
  return segment.frame.some(({ means }) => means.kind === "item");
}

export function hasPlural(segment: Segment, words: readonly string[]): boolean {
  return segment.frame.some(
    ({ means, end }) => means.kind === "item" && (words[end - 1] ?? "").endsWith("s"),
  );
}

export function isComparison(segment: Segment): boolean {
  return (
    spansOf(segment.subject, "comparative").length > 0 ||
    spansOf(segment.subject, "compare").length > 0 ||
    spansOf(segment.subject, "superlative").length > 0
  );
}
