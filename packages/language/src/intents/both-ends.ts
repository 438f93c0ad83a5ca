import { spansOf } from "../clauses/question.ts";
import type { Segment } from "../clauses/segments.ts";
import type { Span } from "../phrases/layers.ts";

const highEnds: ReadonlySet<string> = new Set(["best", "most", "top"]);

/** "The best and worst", "top and bottom performers", "highest and lowest volatility": both ends of a ranking. */
export function bothEnds(
  words: readonly string[],
  segment: Segment,
): { start: number; end: number; head: Span | undefined } | undefined {
  const superlatives = spansOf(segment.subject, "superlative");
  for (const swing of spansOf(segment.subject, "volatility")) {
    const first = superlatives.find(({ end }) =>
      /^and( (which|what|those))?( (are|is|that are))?( the)?$/.test(words.slice(end, swing.start).join(" ")),
    );
    const opposite = swing.means.value === "low" ? "most" : "least";
    if (first?.means.value === opposite) return { start: first.start, end: swing.start, head: swing };
  }
  for (const [at, first] of superlatives.entries()) {
    const second = superlatives[at + 1];
    if (!second) continue;
    if (!/^(and|or|\/|plus)( the)?$/.test(words.slice(first.end, second.start).join(" "))) continue;
    if (highEnds.has(first.means.value) === highEnds.has(second.means.value)) continue;
    const head = segment.subject.find(
      ({ start, means }) =>
        start >= second.end && start - second.end <= 1 && /^(volatility|performance|gain)$/.test(means.kind),
    );
    return { start: first.start, end: second.end, head };
  }
  return undefined;
}
