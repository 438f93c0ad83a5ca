import { advanceDetectors } from "../signals/advance-detectors.ts";
import { mean, median, standardDeviation } from "../statistics.ts";
import { dayMs, hourMs } from "../time.ts";
import { analyzeTrends } from "../trends/analyze-trends.ts";
import type { DetectorsState, MarketSample, Sample } from "../types.ts";
import type { Figure } from "./figure.ts";
import { type Random, seededRandom } from "./random.ts";
import { someCoin, someMonday, wildSeries } from "./sample-series.ts";

/** A coin as it stands before its newest sample. */
type StandingCoin = { readonly samples: readonly Sample[]; readonly state: DetectorsState };

const coinsOfRun = 10_000;
const coinsMeasured = 2000;
const passes = 9;

/**
 * What a daily run does for each coin: four trends, and all detectors over the newest of 92 daily samples, from the
 * state that the samples before left and with the market's samples. Beside it, in the same process and minute, a
 * plain reference: a noisy machine shows in both.
 */
export function evaluateSpeed(): Figure[] {
  const market = marketOf(seededRandom(9600), 93);
  const coins = Array.from({ length: coinsMeasured }, (_, seed) =>
    standingCoin(wildSeries(seededRandom(seed), 92, dayMs), market),
  );
  const times = Array.from({ length: passes }, () => ({
    run: processorSeconds(() => runCoins(coins, market)),
    reference: processorSeconds(() => referencePass(coins)),
  }));
  const ofRun = (seconds: readonly number[]) => (coinsOfRun / coinsMeasured) * median(seconds);
  const seconds = ofRun(times.map(({ run }) => run));
  const reference = ofRun(times.map(({ reference }) => reference));
  const hourly = Array.from({ length: 10 }, (_, seed) => {
    const samples = wildSeries(seededRandom(seed), 2160, hourMs);
    return standingCoin(samples, []);
  });
  const history = () =>
    processorSeconds(() => {
      for (const { samples } of hourly) {
        advanceDetectors({ coin: someCoin, samples, market: [], state: null });
      }
    });
  const live = () => processorSeconds(() => runCoins(hourly, []));
  const fastest = (measure: () => number) => Math.min(measure(), measure(), measure());
  return [
    {
      what: "10,000 coins x 4 timeframes x all signals on 92 daily samples, one process (processor time, median of nine passes)",
      baseline: "1.45 s (Python, four simple rules)",
      goal: "<= 1 s",
      reached: `${seconds.toFixed(2)} s, ${(seconds / reference).toFixed(1)} times a Mann-Kendall test, mean and deviation over the same prices (${reference.toFixed(2)} s)`,
      met: seconds <= 1,
    },
    {
      what: "a step of hourly history / trends and a step of one live sample on 2,160 hours",
      baseline: "",
      goal: "<= 100 us / 2 ms",
      reached: `${((1e6 * fastest(history)) / (10 * 2160)).toFixed(0)} us / ${((1e3 * fastest(live)) / 10).toFixed(2)} ms`,
      met: null,
    },
  ];
}

function runCoins(coins: readonly StandingCoin[], market: readonly MarketSample[]): void {
  for (const { samples, state } of coins) {
    analyzeTrends({ coin: someCoin, samples, asOf: samples.at(-1)?.at ?? 0 });
    advanceDetectors({ coin: someCoin, samples, market, state });
  }
}

/** Of all threads, so that collecting garbage beside the work counts too. */
function processorSeconds(work: () => void): number {
  const start = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1e6;
}

function standingCoin(samples: readonly Sample[], market: readonly MarketSample[]): StandingCoin {
  const before = samples.slice(0, -1);
  return { samples, state: advanceDetectors({ coin: someCoin, samples: before, market, state: null }).state };
}

function marketOf(random: Random, days: number): MarketSample[] {
  return Array.from({ length: days }, (_, day) => ({
    at: someMonday + day * dayMs,
    medianLogReturn: 0.02 * random.normal(),
    medianLogVolumeChange: 0.1 * random.normal(),
    breadth: random.uniform(),
  }));
}

/** The same amount of data with the plainest of methods; nothing of the engine's. */
function referencePass(coins: readonly StandingCoin[]): number {
  let kept = 0;
  for (const { samples } of coins) {
    const prices = samples.map(({ priceUsd }) => Math.log(priceUsd));
    let score = 0;
    for (let i = 0; i < prices.length; i += 1) {
      for (let j = i + 1; j < prices.length; j += 1) {
        score += Math.sign((prices[j] ?? 0) - (prices[i] ?? 0));
      }
    }
    kept += score + mean(prices) + standardDeviation(prices);
  }
  return kept;
}
