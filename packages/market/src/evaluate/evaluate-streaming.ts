import { advanceDetectors } from "../signals/advance-detectors.ts";
import { dayMs, hourMs, lookbackDays } from "../time.ts";
import type { DetectorsState, SignalChange } from "../types.ts";
import type { Figure } from "./figure.ts";
import { seededRandom } from "./random.ts";
import { someCoin, wildSeries } from "./sample-series.ts";

/** Steps through wild series a trimmed window at a time, and compares every step with the pass over the whole. */
export function evaluateStreaming(steps: number): Figure[] {
  let compared = 0;
  let different = 0;
  let changesSeen = 0;
  for (let seed = 9500; compared < steps; seed += 1) {
    const stepMs = [dayMs, 6 * hourMs, hourMs][seed % 3] ?? dayMs;
    const samples = wildSeries(seededRandom(seed), stepMs === hourMs ? 300 : 400, stepMs);
    const whole = advanceDetectors({ coin: someCoin, samples, market: [], state: null }).changes;
    changesSeen += whole.length;
    let state: DetectorsState | null = null;
    for (let count = 1; count <= samples.length; count += 1) {
      const at = samples[count - 1]?.at ?? 0;
      const window = samples.slice(0, count).filter(sample => sample.at >= at - lookbackDays * dayMs);
      const step: { state: DetectorsState; changes: readonly SignalChange[] } = advanceDetectors({
        coin: someCoin,
        samples: window,
        market: [],
        state,
      });
      const expected = whole.filter(({ detectedAt }) => detectedAt === at);
      if (JSON.stringify(step.changes) !== JSON.stringify(expected)) different += 1;
      state = JSON.parse(JSON.stringify(step.state));
      compared += 1;
    }
  }
  return [
    {
      what: `look-ahead or repaint in ${compared.toLocaleString("en")} steps (${changesSeen.toLocaleString("en")} changes of state)`,
      baseline: "",
      goal: "0",
      reached: String(different),
      met: different === 0,
    },
  ];
}
