import { describe, expect, it } from "vitest";
import { hasMarketData, readDailyHistories } from "./evaluate/market-data.ts";
import { seededRandom } from "./evaluate/random.ts";
import { seriesOf, someCoin } from "./evaluate/sample-series.ts";
import { sanitizeSeries } from "./sanitize-series.ts";
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
  "several two-sample spikes to three times the price on a thin volume, as GXC had": (sample, index) =>
    [100, 101, 106, 107, 115, 116].includes(index)
      ? { ...sample, priceUsd: sample.priceUsd * 3, marketCapUsd: 3e6, volume24hUsd: 4e5 }
      : sample,
  "a wild first price of a new listing, as RLC and BNB had": (sample, index) =>
    index === 0
      ? { ...sample, priceUsd: sample.priceUsd * 20, volume24hUsd: 500, marketCapUsd: null }
      : sample,
  "a market cap that is restated tenfold at an unchanged price": (sample, index) =>
    index >= glitchAt ? { ...sample, marketCapUsd: 1e7 } : sample,
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

/** Known wrong prices of real coins, where that history lies beside the repository. */
const realGlitches = [
  { symbol: "RIF", from: "2019-06-12", to: "2019-06-20", leftOut: 2 },
  { symbol: "GXC", from: "2024-01-01", to: "2024-01-31", leftOut: null },
  { symbol: "RLC", from: "2017-10-15", to: "2017-10-20", leftOut: null },
  { symbol: "BNB", from: "2017-10-29", to: "2017-11-05", leftOut: null },
  { symbol: "STRAX", from: "2024-03-27", to: "2024-04-05", leftOut: null },
];

describe("a real glitch", () => {
  const histories = hasMarketData() ? readDailyHistories() : [];
  for (const { symbol, from, to, leftOut } of realGlitches) {
    it(`of ${symbol} in ${from} raises no signal, and is counted`, ({ skip }) => {
      const [start, end] = [Date.parse(from), Date.parse(to)];
      const history = histories.find(({ symbol: own, samples }) => {
        return own === symbol && samples.some(({ at }) => at >= start && at <= end);
      });
      if (history === undefined)
        return skip(`There is no history of ${symbol} in ${from} beside the repository`);
      const { changes } = advanceDetectors({
        coin: someCoin,
        samples: history.samples,
        market: [],
        state: null,
      });
      const raised = changes.filter(({ openedAt }) => openedAt >= start && openedAt <= end);
      expect(raised.map(({ type, state }) => ({ type, state }))).toEqual([]);
      const around = history.samples.filter(({ at }) => at >= start - 10 * dayMs && at <= end);
      const counted = sanitizeSeries(around).leftOut;
      if (leftOut !== null) expect(counted).toEqual([{ reason: "unbacked_price_step", count: leftOut }]);
    });
  }
});
