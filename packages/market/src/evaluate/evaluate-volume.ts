import { buildBars } from "../bars.ts";
import { rebaseSeries } from "../rebase-series.ts";
import { advanceDetectors } from "../signals/advance-detectors.ts";
import { volumeAnomaly } from "../signals/volume-anomaly.ts";
import { quantile } from "../statistics.ts";
import { dayMs } from "../time.ts";
import { type Figure, share } from "./figure.ts";
import { seededRandom } from "./random.ts";
import { seriesOf, someCoin, someMonday } from "./sample-series.ts";
import { volumeFamily, withSpikes } from "./volume-days.ts";

const days = 400;
const warmUp = 100;

function seriesFrom(logVolumes: Float64Array, seed: number) {
  const random = seededRandom(seed);
  const prices = Array.from(logVolumes, () => 1 + 0.02 * random.normal());
  return seriesOf(prices, { volumes: Array.from(logVolumes, Math.exp) });
}

/** The surprise of each day after the warm-up, with a spike on every thirtieth of them or on none. */
function surprises(seed: number, coins: number, factor: number): number[] {
  const random = seededRandom(seed);
  const found: number[] = [];
  for (let coin = 0; coin < coins; coin += 1) {
    const logVolumes = volumeFamily(random, days);
    const samples = seriesFrom(logVolumes, seed + coin);
    for (let day = warmUp; day < days; day += factor > 1 ? 30 : 1) {
      const spiked = samples.slice(0, day + 1).map((sample, i) => ({
        ...sample,
        volume24hUsd: (sample.volume24hUsd ?? 0) * (i === day ? factor : 1),
      }));
      const window = spiked.slice(-90);
      const bars = buildBars(window, rebaseSeries(window), [], "daily");
      const view = { coin: someCoin, samples: window, bars, index: bars.count - 1 };
      found.push(volumeAnomaly.assess(view).evidence.conditions[0]?.value ?? 0);
    }
  }
  return found;
}

export function evaluateVolume(coins: number): Figure[] {
  const threshold = quantile(surprises(9101, coins, 1), 0.995);
  const recallOf = (factor: number) => {
    const found = surprises(9102 + factor, coins, factor);
    return found.filter(z => z > threshold).length / found.length;
  };
  const [three, five, ten] = [recallOf(3), recallOf(5), recallOf(10)];
  const wrong = falseFlags(coins);
  return [
    {
      what: "volume spikes 5x / 10x, recall at 0.5 % false positives (3x for comparison)",
      baseline: ".24 / .66",
      goal: ">= .60 / .85",
      reached: `${share(five)} / ${share(ten)} (${share(three)})`,
      met: five >= 0.6 && ten >= 0.85,
    },
    {
      what: "false volume flags per 1,000 normal coin-days at the default threshold",
      baseline: "14 to 35",
      goal: "<= 5",
      reached: wrong.toFixed(1),
      met: wrong <= 5,
    },
    {
      what: "5x / 10x spikes confirmed at the default threshold, as episodes",
      baseline: "",
      goal: "",
      reached: `${share(episodeRecall(coins, 5))} / ${share(episodeRecall(coins, 10))}`,
      met: null,
    },
  ];
}

function confirmedDays(logVolumes: Float64Array, seed: number): number[] {
  const samples = seriesFrom(logVolumes, seed);
  return advanceDetectors({ coin: someCoin, samples, market: [], state: null })
    .changes.filter(({ type, state }) => type === "volume_anomaly" && state === "confirmed")
    .map(({ detectedAt }) => (detectedAt - someMonday) / dayMs);
}

function falseFlags(coins: number): number {
  const random = seededRandom(9120);
  let wrong = 0;
  for (let coin = 0; coin < coins; coin += 1) {
    wrong += confirmedDays(volumeFamily(random, days), coin).filter(day => day >= warmUp).length;
  }
  return (1000 * wrong) / (coins * (days - warmUp));
}

function episodeRecall(coins: number, factor: number): number {
  const random = seededRandom(9130 + factor);
  let events = 0;
  let found = 0;
  for (let coin = 0; coin < coins; coin += 1) {
    const { logVolumes, spikes } = withSpikes(random, volumeFamily(random, days), factor, warmUp);
    const confirmed = new Set(confirmedDays(logVolumes, coin));
    events += spikes.size;
    for (const day of spikes) if (confirmed.has(day)) found += 1;
  }
  return found / events;
}
