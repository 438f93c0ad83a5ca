import type { Signal } from "@vibe-charting/contracts";
import { describe, expect, it } from "vitest";
import { joinMarks, marksOn, type Sample } from "./chart-marks.ts";

const hours = (...of: number[]): Sample[] =>
  of.map(hour => ({ at: at(hour), price: 100 + hour, volume24h: null }));
const priced = (...prices: number[]): Sample[] =>
  prices.map((price, place) => ({ at: at(place + 1), price, volume24h: null }));
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

it("draws marks of one place as one that bears all names", () => {
  const { marks } = marksOn(hours(1, 2, 6), [
    doubleTop(["start", 1], ["peak", 2], ["retrace", 3], ["break", 4]),
  ]);
  const atOnePlace = marks.map(mark => ({ ...mark, position: "below" as const }));
  expect(joinMarks(atOnePlace).map(({ label, sampleAt }) => [label, sampleAt])).toEqual([
    ["Start", at(1)],
    ["Peak, Retrace, Break", at(2)],
  ]);
});

describe("marksOn", () => {
  it("puts each point on the sample of its time, highs above and lows below", () => {
    const samples = priced(9, 20, 12, 21, 8);
    const { marks, earlier } = marksOn(samples, [doubleTop(["h1", 2], ["low", 3], ["h2", 4])]);
    expect(earlier).toBe(0);
    expect(
      marks.map(({ label, at, sampleAt, position }) => [label, at === sampleAt, sampleAt, position]),
    ).toEqual([
      ["High 1", true, at(2), "above"],
      ["Low", true, at(3), "below"],
      ["High 2", true, at(4), "above"],
    ]);
  });

  it("takes whatever points there are, by the names that they have", () => {
    const samples = priced(10, 10, 30, 20, 10);
    const { marks } = marksOn(samples, [doubleTop(["start", 3], ["peak", 3], ["second_leg", 5])]);
    expect(marks.map(({ label, position }) => [label, position])).toEqual([
      ["Start", "above"],
      ["Peak", "above"],
      ["Second leg", "below"],
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
