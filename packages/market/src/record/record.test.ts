import { expect, it } from "vitest";
import { seriesOf, someMonday } from "../evaluate/sample-series.ts";
import { dayMs } from "../time.ts";
import { recordOrdinaryDays, recordOutcomes } from "./outcomes.ts";
import { summarizeRecord } from "./summarize-record.ts";
import { wilsonInterval } from "./wilson-interval.ts";

/** Falls by a tenth every fourth day and rises on the others. */
const prices = Array.from({ length: 45 }, (_, i) => (i % 4 === 3 ? 90 : 100 + (i % 4)));
const samples = seriesOf(prices);
const confirmedAt = (day: number) => ({
  episodeId: `two_highs_one_low:1:${day}`,
  type: "two_highs_one_low" as const,
  state: "confirmed" as const,
  detectedAt: someMonday + day * dayMs,
});

it("records the changes after a confirmed signal, and null for what lies ahead", () => {
  const changes = [confirmedAt(2), { ...confirmedAt(2), state: "forming" as const }, confirmedAt(40)];
  expect(recordOutcomes({ coinId: 1, samples, changes }).map(({ changePctAfter }) => changePctAfter)).toEqual(
    [
      { 1: -11.7647, 3: -0.980392, 7: -0.980392, 30: -1.96078 },
      { 1: 1, 3: -10, 7: null, 30: null },
    ],
  );
});

it("compares the hit rate with ordinary days of the same coin", () => {
  const outcomes = recordOutcomes({ coinId: 1, samples, changes: [confirmedAt(2), confirmedAt(6)] });
  const ordinary = [recordOrdinaryDays({ coinId: 1, samples })];
  const record = summarizeRecord({ type: "two_highs_one_low", outcomes, ordinary });
  expect(record.horizons[0]).toEqual({
    horizonDays: 1,
    count: 2,
    hits: 2,
    hitRate: 1,
    interval: [0.3424, 1],
    medianChangePct: -11.76,
    ordinary: { count: 44, hitRate: 0.25, medianChangePct: 0.995 },
    lift: 4,
  });
});

it("has nothing to say without signals", () => {
  const record = summarizeRecord({ type: "bottomed_out", outcomes: [], ordinary: [] });
  expect(record.horizons[3]).toEqual({
    horizonDays: 30,
    count: 0,
    hits: 0,
    hitRate: null,
    interval: [0, 1],
    medianChangePct: null,
    ordinary: { count: 0, hitRate: null, medianChangePct: null },
    lift: null,
  });
});

it("gives Wilson's interval", () => {
  // Newcombe 1998, table I: 81 of 263 is .2553 to .3662.
  const [low, high] = wilsonInterval(81, 263);
  expect([low.toFixed(4), high.toFixed(4)]).toEqual(["0.2553", "0.3662"]);
});
