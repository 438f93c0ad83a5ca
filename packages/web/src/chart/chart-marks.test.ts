import type { Signal } from "@vibe-charting/contracts";
import { describe, expect, it } from "vitest";
import { marksOn, type Sample } from "./chart-marks.ts";

const hours = (...of: number[]): Sample[] =>
  of.map(hour => ({ at: at(hour), price: 100 + hour, volume24h: null }));
const at = (hour: number, minute = 0) => new Date(Date.UTC(2026, 2, 1, hour, minute)).toISOString();

function doubleTop(...points: [label: string, hour: number, minute?: number][]): Signal {
  return {
    episodeId: "e1",
    symbol: "BTC",
    name: "Bitcoin",
    cmcId: 1,
    type: "two_highs_one_low",
    state: "confirmed",
    confidence: 0.8,
    openedAt: at(1),
    detectedAt: at(5),
    price: 105,
    record: null,
    detectorVersion: "two_highs_one_low@1",
    evidence: {
      conditions: [],
      points: points.map(([label, hour, minute]) => ({ label, at: at(hour, minute), priceUsd: 100 + hour })),
      levels: {},
      notes: [],
    },
  };
}

describe("marksOn", () => {
  it("puts each point on the sample of its time, highs above and lows below", () => {
    const { marks, earlier } = marksOn(hours(1, 2, 3, 4), [doubleTop(["h1", 1], ["low", 2], ["h2", 3])]);
    expect(earlier).toBe(0);
    expect(
      marks.map(({ label, at, sampleAt, position }) => [label, at === sampleAt, sampleAt, position]),
    ).toEqual([
      ["High 1", true, at(1), "above"],
      ["Low", true, at(2), "below"],
      ["High 2", true, at(3), "above"],
    ]);
  });

  it("takes the last sample before a point that lies between two", () => {
    const { marks } = marksOn(hours(1, 4, 8), [doubleTop(["low", 7, 59])]);
    expect(marks.map(({ sampleAt }) => sampleAt)).toEqual([at(4)]);
  });

  it("counts the points before the first sample, and draws none of them", () => {
    expect(marksOn(hours(5, 6), [doubleTop(["h1", 1], ["low", 5])])).toMatchObject({
      marks: [{ label: "Low" }],
      earlier: 1,
    });
    expect(marksOn([], [doubleTop(["h1", 1])])).toEqual({ marks: [], earlier: 1 });
  });

  it("puts the points of several signals in the order of time", () => {
    const { marks } = marksOn(hours(1, 2, 3), [doubleTop(["h2", 3]), doubleTop(["h1", 1])]);
    expect(marks.map(({ sampleAt }) => sampleAt)).toEqual([at(1), at(3)]);
  });
});
