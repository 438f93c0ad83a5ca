import { describe, expect, it } from "vitest";
import { seededRandom } from "./evaluate/random.ts";
import { seriesOf, someCoin } from "./evaluate/sample-series.ts";
import { advanceDetectors } from "./signals/advance-detectors.ts";
import { dayMs, hourMs } from "./time.ts";
import { analyzeTrends } from "./trends/analyze-trends.ts";
import type { Sample } from "./types.ts";

const glitchAt = 100;

/** A steady coin; the glitch is applied to its samples from one on. */
function series(stepMs: number, glitch: (sample: Sample, index: number) => Sample): Sample[] {
  const random = seededRandom(8);
  let log = 0;
  const prices = Array.from({ length: 150 }, () => {
    log += 0.01 * random.normal();
    return Math.exp(log);
  });
  const volumes = prices.map(() => 1e6 * Math.exp(0.1 * random.normal()));
  return seriesOf(prices, { stepMs, volumes }).map(glitch);
}

const glitches: Readonly<Record<string, (sample: Sample, index: number) => Sample>> = {
  "a ten to one redenomination under an unchanged market cap": (sample, index) =>
    index >= glitchAt ? { ...sample, priceUsd: sample.priceUsd / 10 } : sample,
  "a one to ten redenomination without market caps": (sample, index) => ({
    ...sample,
    marketCapUsd: null,
    priceUsd: index >= glitchAt ? sample.priceUsd * 10 : sample.priceUsd,
  }),
  "a price of another coin for one sample, with its market cap and hardly any volume": (sample, index) =>
    index === glitchAt
      ? { ...sample, priceUsd: sample.priceUsd / 8, marketCapUsd: 1e5, volume24hUsd: 377 }
      : sample,
  "a ten times too high price for one sample, with its volume in dollars": (sample, index) =>
    index === glitchAt
      ? { ...sample, priceUsd: sample.priceUsd * 10, marketCapUsd: 1e7, volume24hUsd: 1e7 }
      : sample,
  "a missing volume": (sample, index) => (index === glitchAt ? { ...sample, volume24hUsd: null } : sample),
  "a constant price": sample => ({ ...sample, priceUsd: 2 }),
};

describe("a glitch alone", () => {
  for (const [name, glitch] of Object.entries(glitches)) {
    for (const stepMs of [dayMs, hourMs]) {
      it(`raises no signal and no figure that is none: ${name}, every ${stepMs / hourMs} h`, () => {
        const samples = series(stepMs, glitch);
        expect(advanceDetectors({ coin: someCoin, samples, market: [], state: null }).changes).toEqual([]);
        for (const index of [glitchAt, glitchAt + 1, samples.length - 1]) {
          const asOf = samples[index]?.at ?? 0;
          for (const { confidence, changePct, volatility } of analyzeTrends({
            coin: someCoin,
            samples,
            asOf,
          })) {
            expect([confidence, changePct ?? 0, volatility ?? 0].every(Number.isFinite)).toBe(true);
            expect(Math.abs(changePct ?? 0)).toBeLessThan(60);
          }
        }
      });
    }
  }
});
