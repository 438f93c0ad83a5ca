import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { seededRandom } from "../evaluate/random.ts";
import { seriesOf, someCoin, wildSeries } from "../evaluate/sample-series.ts";
import { dayMs, hourMs, lookbackDays } from "../time.ts";
import type { DetectorsState, MarketSample, Sample, SignalChange } from "../types.ts";
import { advanceDetectors } from "./advance-detectors.ts";

const intervals = [dayMs, hourMs, 5 * 60_000, 6 * hourMs];

function marketOf(samples: readonly Sample[], seed: number): MarketSample[] {
  const random = seededRandom(seed);
  return samples.map(({ at }) => ({
    at,
    medianLogReturn: 0.01 * random.normal(),
    medianLogVolumeChange: 0.05 * random.normal(),
    breadth: random.uniform(),
  }));
}

describe("advanceDetectors", () => {
  it("gives the same changes in one pass as a trimmed window at a time, with restarts and repetitions", () => {
    let seen = 0;
    fc.assert(
      fc.property(fc.integer(), fc.constantFrom(...intervals), (seed, stepMs) => {
        const random = seededRandom(seed);
        const samples = wildSeries(random, stepMs === dayMs ? 260 : 330, stepMs);
        const market = random.uniform() < 0.5 ? [] : marketOf(samples, seed);
        const whole = advanceDetectors({ coin: someCoin, samples, market, state: null });
        let state: DetectorsState | null = null;
        const changes: SignalChange[] = [];
        let next = 0;
        while (next < samples.length) {
          const back = random.uniform() < 0.2 ? random.integer(0, 3) : 0;
          // The look-back is that of the first sample to take in, so that a late run catches up alike.
          const firstNew = samples[next]?.at ?? 0;
          next = Math.min(samples.length, next + random.integer(1, 4));
          const inWindow = ({ at }: { at: number }) => at >= firstNew - lookbackDays * dayMs;
          for (let repeat = 0; repeat <= back; repeat += 1) {
            const step = advanceDetectors({
              coin: someCoin,
              samples: samples.slice(0, next).filter(inWindow),
              market: market.slice(0, next).filter(inWindow),
              state,
            });
            changes.push(...step.changes);
            state = JSON.parse(JSON.stringify(step.state));
          }
        }
        expect(changes).toEqual(whole.changes);
        expect(state).toEqual(JSON.parse(JSON.stringify(whole.state)));
        seen += changes.length;
      }),
      { numRuns: 60, seed: 7 },
    );
    expect(seen).toBeGreaterThan(100);
  });

  it("names each episode by its signal, coin and opening time, and alerts each state once", () => {
    for (let seed = 0; seed < 20; seed += 1) {
      const samples = wildSeries(seededRandom(seed), 400, dayMs);
      const { changes } = advanceDetectors({ coin: someCoin, samples, market: [], state: null });
      const alerts = changes.map(({ episodeId, state }) => `${episodeId} ${state}`);
      expect(new Set(alerts).size).toBe(alerts.length);
      for (const change of changes) {
        const opened = new Date(change.openedAt).toISOString();
        expect(change.episodeId).toBe(`${change.type}:1:${opened}`);
      }
    }
  });

  it("raises nothing for pegged and wrapped coins", () => {
    const samples = wildSeries(seededRandom(3), 400, dayMs);
    for (const kind of ["stable", "wrapped"] as const) {
      const coin = { ...someCoin, kind };
      expect(advanceDetectors({ coin, samples, market: [], state: null }).changes).toEqual([]);
    }
  });

  it("takes in nothing of an empty or a one-sample history", () => {
    const empty = advanceDetectors({ coin: someCoin, samples: [], market: [], state: null });
    expect(empty.changes).toEqual([]);
    const one = advanceDetectors({ coin: someCoin, samples: seriesOf([1]), market: [], state: empty.state });
    expect(one.changes).toEqual([]);
  });
});
