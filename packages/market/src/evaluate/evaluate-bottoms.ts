import { inferCoinKind } from "../coin-kind.ts";
import { advanceDetectors } from "../signals/advance-detectors.ts";
import { normalCdf, quantile } from "../statistics.ts";
import type { Sample } from "../types.ts";
import { type Figure, share } from "./figure.ts";
import { walkPrices } from "./injected-tops.ts";
import { readDailyHistories } from "./market-data.ts";
import { seededRandom } from "./random.ts";
import { seriesOf, someCoin } from "./sample-series.ts";

const horizonDays = 30;

/** One confirmed bottom: whether its low held for a month, and a driftless walk's chance of that. */
type Bottom = { readonly held: number; readonly chance: number; readonly strictChance: number };

function bottomsOf(samples: readonly Sample[]): Bottom[] {
  const { changes } = advanceDetectors({ coin: someCoin, samples, market: [], state: null });
  return changes
    .filter(({ type, state }) => type === "bottomed_out" && state === "confirmed")
    .flatMap(({ detectedAt, evidence }) => {
      const index = samples.findIndex(({ at }) => at === detectedAt);
      const after = samples.slice(index + 1, index + 1 + horizonDays);
      const low = evidence.levels.low ?? 0;
      const price = samples[index]?.priceUsd ?? 0;
      if (after.length < horizonDays || !(price > low)) return [];
      const month = deviation(samples, index, 30);
      const calmest = Math.min(month, deviation(samples, index, 7));
      return [
        {
          held: Number(after.every(({ priceUsd }) => priceUsd >= low)),
          chance: reflection(price / low, month),
          strictChance: reflection(price / low, calmest),
        },
      ];
    });
}

function deviation(samples: readonly Sample[], index: number, days: number): number {
  let squares = 0;
  for (let i = index - days + 1; i <= index; i += 1) {
    squares += Math.log((samples[i]?.priceUsd ?? 1) / (samples[i - 1]?.priceUsd ?? 1)) ** 2;
  }
  return Math.sqrt(squares / days);
}

/** Chance that a driftless walk stays above the low: the reflection principle. */
function reflection(ratio: number, dailyDeviation: number): number {
  return 2 * normalCdf(Math.log(ratio) / (dailyDeviation * Math.sqrt(horizonDays))) - 1;
}

type Lift = {
  readonly count: number;
  readonly held: number;
  readonly lift: number;
  readonly interval: string;
  readonly low: number;
};

/** Share of lows that held over the mean chance, with a 95 % interval from resampling whole coins. */
function liftOf(coins: readonly (readonly Bottom[])[], key: "chance" | "strictChance"): Lift {
  const random = seededRandom(9401);
  const ratio = (sample: readonly (readonly Bottom[])[]) => {
    const all = sample.flat();
    return sum(all, "held") / sum(all, key);
  };
  const resampled = Array.from({ length: 1000 }, () => ratio(coins.map(() => random.pick(coins))));
  const [low, high] = [quantile(resampled, 0.025), quantile(resampled, 0.975)];
  const all = coins.flat();
  return {
    count: all.length,
    held: sum(all, "held") / all.length,
    lift: ratio(coins),
    interval: `${low.toFixed(2)} to ${high.toFixed(2)}`,
    low,
  };
}

function sum(bottoms: readonly Bottom[], key: keyof Bottom): number {
  return bottoms.reduce((total, bottom) => total + bottom[key], 0);
}

function describe({ lift, interval, count, held }: Lift): string {
  return `${lift.toFixed(2)} (${interval}; n = ${count}, held ${share(held)})`;
}

export function evaluateRealBottoms(): Figure[] {
  const coins = readDailyHistories()
    .filter(({ symbol, samples }) => inferCoinKind(symbol, samples) === "native")
    .map(({ samples }) => bottomsOf(samples))
    .filter(bottoms => bottoms.length > 0);
  const lift = liftOf(coins, "chance");
  const strict = liftOf(coins, "strictChance");
  return [
    {
      what: "bottomed_out, real coins: no new low within 30 days, over a driftless walk of the month's volatility",
      baseline: "1.00",
      goal: "interval above 1.0",
      reached: describe(lift),
      met: lift.low > 1,
    },
    {
      what: "the same over a walk of the calmer of week and month",
      baseline: "1.00",
      goal: "",
      reached: describe(strict),
      met: null,
    },
  ];
}

/** Control: on walks without memory of direction the lift can only come from the volatility. */
export function evaluateWalkBottoms(coins: number): Figure[] {
  const random = seededRandom(9402);
  const walks = Array.from({ length: coins }, () => bottomsOf(seriesOf(walkPrices(random, 1500))));
  return [
    {
      what: "control: the same lift on driftless GARCH walks",
      baseline: "1.00",
      goal: "",
      reached: describe(
        liftOf(
          walks.filter(bottoms => bottoms.length > 0),
          "chance",
        ),
      ),
      met: null,
    },
  ];
}
