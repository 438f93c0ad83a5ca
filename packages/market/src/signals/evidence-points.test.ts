import { describe, expect, it } from "vitest";
import { seededRandom } from "../evaluate/random.ts";
import { seriesOf, someCoin, wildSeries } from "../evaluate/sample-series.ts";
import { dayMs, hourMs, longestWindowDays } from "../time.ts";
import type { Sample, SignalChange } from "../types.ts";
import { advanceDetectors } from "./advance-detectors.ts";

function changesOf(samples: readonly Sample[]): readonly SignalChange[] {
  return advanceDetectors({ coin: someCoin, samples, market: [], state: null }).changes;
}

describe("the points of the evidence", () => {
  it("are real samples, in the order of time, none later than the change", () => {
    let seen = 0;
    for (let seed = 0; seed < 40; seed += 1) {
      const stepMs = seed % 2 === 0 ? dayMs : hourMs;
      const samples = wildSeries(seededRandom(700 + seed), 600, stepMs);
      const prices = new Map(samples.map(({ at, priceUsd }) => [at, priceUsd]));
      for (const { evidence, detectedAt } of changesOf(samples)) {
        const times = evidence.points.map(({ at }) => Date.parse(at));
        expect(evidence.points.map(({ priceUsd }) => priceUsd)).toEqual(times.map(at => prices.get(at)));
        expect(times.toSorted((a, b) => a - b)).toEqual(times);
        expect(Math.max(...times, 0)).toBeLessThanOrEqual(detectedAt);
        seen += times.length;
      }
    }
    expect(seen).toBeGreaterThan(200);
  });

  it("stay where they were once a signal is confirmed", () => {
    let compared = 0;
    for (let seed = 0; seed < 40; seed += 1) {
      const samples = wildSeries(seededRandom(800 + seed), 600, seed % 2 === 0 ? dayMs : hourMs);
      const confirmed = new Map<string, SignalChange>();
      for (const change of changesOf(samples)) {
        const before = confirmed.get(change.episodeId);
        if (change.state === "confirmed") confirmed.set(change.episodeId, change);
        if (before === undefined) continue;
        // A point leaves the evidence only when it lies beyond the longest window of daily bars.
        const oldest = change.detectedAt - (longestWindowDays - 1) * dayMs;
        const recent = ({ at }: { at: string }) => Date.parse(at) >= oldest;
        expect(change.evidence.points.filter(recent)).toEqual(before.evidence.points.filter(recent));
        compared += 1;
      }
    }
    expect(compared).toBeGreaterThan(50);
  });

  it("name a pump's start, its peak and, once confirmed, the fall", () => {
    const random = seededRandom(21);
    const quiet = Array.from({ length: 240 }, () => Math.exp(0.004 * random.normal()));
    const prices = [...quiet, 1.4, 1.5, 1.3, 1.05, ...Array<number>(60).fill(1.01)];
    const volumes = prices.map((_, hour) => (hour < 240 ? 1e6 : 4e6));
    const pumps = changesOf(seriesOf(prices, { stepMs: hourMs, volumes })).filter(
      ({ type }) => type === "pump_and_dump",
    );
    const points = pumps.map(({ state, evidence }) => [
      state,
      ...evidence.points.map(({ label, priceUsd }) => `${label} ${priceUsd}`),
    ]);
    expect(points).toEqual([
      ["suspected", "start 1.4", "peak 1.4"],
      ["confirmed", "start 1.4", "peak 1.5", "retrace 1.05"],
      ["resolved", "start 1.4", "peak 1.5", "retrace 1.05"],
    ]);
  });
});
