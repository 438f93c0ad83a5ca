import { describe, expect, it } from "vitest";
import { seededRandom } from "../evaluate/random.ts";
import { seriesOf, someCoin, wildSeries } from "../evaluate/sample-series.ts";
import { hourMs } from "../time.ts";
import { advanceDetectors } from "./advance-detectors.ts";
import { explainSignals } from "./explain-signals.ts";
import { signalRegistry } from "./registry.ts";

describe("explainSignals", () => {
  it("explains every registered signal, in order, with finite figures", () => {
    for (let seed = 0; seed < 10; seed += 1) {
      const samples = wildSeries(seededRandom(seed), 900, hourMs);
      const { state } = advanceDetectors({ coin: someCoin, samples, market: [], state: null });
      const explanations = explainSignals({ coin: someCoin, samples, market: [], state });
      expect(explanations.map(({ type }) => type)).toEqual(signalRegistry.map(({ type }) => type));
      for (const { evidence } of explanations) {
        for (const { value, threshold, distance } of evidence.conditions) {
          expect([value, threshold, distance].every(Number.isFinite)).toBe(true);
        }
      }
    }
  });

  it("says why there is no verdict when the history is short or the coin is pegged", () => {
    const samples = seriesOf([1, 2]);
    const notes = (kind: "native" | "stable") =>
      explainSignals({ coin: { ...someCoin, kind }, samples, market: [], state: null }).map(
        ({ evidence }) => evidence.notes.length,
      );
    expect(notes("native")).toEqual(signalRegistry.map(() => 1));
    expect(notes("stable")).toEqual(signalRegistry.map(() => 1));
  });
});
