import { analyzeTrends } from "../trends/analyze-trends.ts";
import type { Trend } from "../types.ts";
import { type Figure, share } from "./figure.ts";
import { type Random, seededRandom } from "./random.ts";
import { seriesOf, someCoin } from "./sample-series.ts";
import { type PathFamily, pathFamilies, testPath } from "./test-paths.ts";

type Length = {
  readonly points: 31 | 91;
  readonly timeframe: "30d" | "90d";
  readonly goal: number;
  readonly kendall: string;
};

const lengths: readonly Length[] = [
  { points: 31, timeframe: "30d", goal: 0.83, kendall: ".79" },
  { points: 91, timeframe: "90d", goal: 0.9, kendall: ".80" },
];
/** Size of a day's noise in the paths; 3 % is a large coin's. */
const dailyDeviation = 0.03;

type Judged = { readonly right: boolean; readonly confidence: number; readonly trend: Trend };

/** Through the engine's front door: a path becomes daily prices, and the timeframe's answer is compared. */
function judge(random: Random, family: PathFamily, length: Length, snr: number): Judged {
  const path = testPath(random, family, length.points, snr);
  const prices = Array.from(path.values, value => Math.exp(dailyDeviation * value));
  const samples = seriesOf(prices).filter(({ priceUsd }) => priceUsd > 0);
  const asOf = samples.at(-1)?.at ?? 0;
  const trend = analyzeTrends({ coin: someCoin, samples, asOf }).find(
    ({ timeframe }) => timeframe === length.timeframe,
  );
  if (trend === undefined) throw new Error(`There is no answer for ${length.timeframe}`);
  return { right: trend.type === path.trend, confidence: trend.confidence, trend };
}

function mixture(seed: number, length: Length, sizes: readonly number[], count: number): Judged[] {
  const random = seededRandom(seed);
  return Array.from({ length: count }, (_, i) => {
    const size = (sizes[Math.floor(i / 6) % sizes.length] ?? 3) * ((i % 3) - 1);
    return judge(random, i % 2 === 0 ? "walk" : "line", length, size);
  });
}

function accuracy(judged: readonly Judged[]): number {
  return judged.filter(({ right }) => right).length / judged.length;
}

/** Expected calibration error over bins of equal size. */
export function calibrationError(judged: readonly Pick<Judged, "right" | "confidence">[], bins = 15): number {
  const ordered = judged.toSorted((a, b) => a.confidence - b.confidence);
  let error = 0;
  for (let bin = 0; bin < bins; bin += 1) {
    const from = Math.floor((bin * ordered.length) / bins);
    const to = Math.floor(((bin + 1) * ordered.length) / bins);
    let gap = 0;
    for (const { right, confidence } of ordered.slice(from, to)) gap += confidence - Number(right);
    error += Math.abs(gap);
  }
  return error / ordered.length;
}

export function evaluateTrends(count: number): Figure[] {
  return lengths.flatMap(length => {
    const atThree = mixture(9001, length, [3], count);
    const mixed = mixture(9002, length, [2, 3, 4], count);
    const random = seededRandom(9003);
    const walks = Array.from({ length: count }, () => judge(random, "walk", length, 0));
    const called = walks.filter(({ trend, confidence }) => trend.type !== "sideways" && confidence >= 0.7);
    const falseTrends = called.length / walks.length;
    const errors = [calibrationError(atThree), calibrationError(mixed)] as const;
    const name = `${length.points} daily points`;
    return [
      {
        what: `trend accuracy, mixed paths at SNR 3, ${name}`,
        baseline: `${length.kendall} (Mann-Kendall)`,
        goal: `>= ${share(length.goal)}`,
        reached: share(accuracy(atThree)),
        met: accuracy(atThree) >= length.goal,
      },
      {
        what: `driftless GARCH walks called up or down with confidence of .7 or more, ${name}`,
        baseline: ".68 to .89",
        goal: "<= .10",
        reached: share(falseTrends),
        met: falseTrends <= 0.1,
      },
      {
        what: `calibration of the trend confidence (ECE, 15 bins), SNR 3 / SNR 2 to 4, ${name}`,
        baseline: "none published",
        goal: "<= .03",
        reached: `${share(errors[0])} / ${share(errors[1])}`,
        met: Math.max(...errors) <= 0.03,
      },
      {
        what: `other families, accuracy at SNR 3, ${name} (u turn and gaps have relatives in tuning)`,
        baseline: "",
        goal: "",
        reached: familyAccuracies(length, Math.floor(count / 4)),
        met: null,
      },
    ];
  });
}

function familyAccuracies(length: Length, count: number): string {
  const random = seededRandom(9004);
  return pathFamilies
    .slice(2)
    .map(family => {
      const judged = Array.from({ length: count }, (_, i) =>
        judge(random, family, length, 3 * ((i % 3) - 1)),
      );
      return `${family.replaceAll("_", " ")} ${share(accuracy(judged))}`;
    })
    .join(", ");
}
