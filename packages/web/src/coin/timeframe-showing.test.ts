import { expect, it } from "vitest";
import { timeframeShowing } from "./timeframe-showing.ts";

const asOf = "2026-03-18T00:00:00.000Z";
const daysAgo = (days: number) => new Date(Date.parse(asOf) - days * 86_400_000).toISOString();
const signal = (openedDaysAgo: number, ...points: number[]) => ({
  openedAt: daysAgo(openedDaysAgo),
  evidence: {
    conditions: [],
    points: points.map(days => ({ label: "low", at: daysAgo(days), priceUsd: 1 })),
    levels: {},
    notes: [],
  },
});

it.each([
  ["a pump of this morning", signal(0.3, 0.4), "24h"],
  ["a pump of two days ago", signal(1, 2), "7d"],
  ["a signal without points", signal(6), "30d"],
  ["a double top over months", signal(5, 60, 40, 30), "90d"],
  ["what is longer than every timeframe", signal(200, 300), "90d"],
] as const)("shows %s over a window that is little longer", (_, shown, timeframe) => {
  expect(timeframeShowing(shown, asOf)).toBe(timeframe);
});
