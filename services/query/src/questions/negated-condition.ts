import type { Slots } from "@vibe-charting/contracts";

const negations = /\b(?:not|no|never|without|none|neither|nor)\b|n['’]t\b/giu;
const trendWord = /trend|bull|bear|sideways|climb|slid|rang|flat|consolidat|crab|higher|lower/iu;
const signalWord = /signal|pump|dump|p&d|bottom|volume|anomal|unusual|abnormal|spike|surge|highs/iu;

/**
 * Which condition a negated question negates. A reading says only that one is; where a question states both a
 * trend and a signal, it is the one that follows a negation most closely.
 */
export function negatedCondition(text: string, slots: Pick<Slots, "trend" | "signal">): "trend" | "signal" {
  if (slots.signal === null) return slots.trend === null && signalWord.test(text) ? "signal" : "trend";
  if (slots.trend === null) return "signal";
  const nearest = [...text.matchAll(negations)]
    .map(({ index }) => text.slice(index))
    .map(rest => ({ trend: rest.search(trendWord), signal: rest.search(signalWord) }))
    .flatMap(({ trend, signal }) => [
      ...(trend < 0 ? [] : [{ condition: "trend" as const, distance: trend }]),
      ...(signal < 0 ? [] : [{ condition: "signal" as const, distance: signal }]),
    ])
    .sort((a, b) => a.distance - b.distance);
  return nearest[0]?.condition ?? "signal";
}
