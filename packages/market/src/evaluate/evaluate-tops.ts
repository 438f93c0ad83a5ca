import { advanceDetectors } from "../signals/advance-detectors.ts";
import { dayMs } from "../time.ts";
import type { SignalChange } from "../types.ts";
import { calibrationError } from "./evaluate-trends.ts";
import { type Figure, share } from "./figure.ts";
import { type InjectedTop, injectedTop, walkPrices } from "./injected-tops.ts";
import { type Random, seededRandom } from "./random.ts";
import { seriesOf, someCoin, someMonday } from "./sample-series.ts";
import { type DetectionScore, scoreOf } from "./score-pumps.ts";

function topsOf(prices: readonly number[]): SignalChange[] {
  const { changes } = advanceDetectors({
    coin: someCoin,
    samples: seriesOf(prices),
    market: [],
    state: null,
  });
  return changes.filter(({ type }) => type === "two_highs_one_low");
}

export function evaluateTops(count: number): Figure[] {
  const injected = scoreTops(seededRandom(9301), count, injectedTop);
  const random = seededRandom(9302);
  const windows = 3 * count;
  let withTop = 0;
  for (let i = 0; i < windows; i += 1) if (topsOf(walkPrices(random, 90)).length > 0) withTop += 1;
  const chance = withTop / windows;
  const stated = statedChances(count);
  const error = calibrationError(stated, 5);
  return [
    {
      what: "injected double tops, F1 (all three points within 2 days)",
      baseline: ".80 (without smoothing)",
      goal: ">= .90",
      reached: share(injected.f1),
      met: injected.f1 >= 0.9,
    },
    {
      what: "random-walk 90-day windows with a double top",
      baseline: ".14 to .20",
      goal: "<= .06",
      reached: share(chance),
      met: chance <= 0.06,
    },
    {
      what: `chance of confirmation stated while it forms, on walks: calibration error (5 bins, n = ${stated.length})`,
      baseline: "",
      goal: "<= .05",
      reached: share(error),
      met: error <= 0.05,
    },
  ];
}

/** Injected shapes: found when all three points lie within two days; every other opening is wrong. */
export function scoreTops(
  random: Random,
  count: number,
  inject: (random: Random) => InjectedTop,
): DetectionScore {
  let found = 0;
  let wrong = 0;
  for (let i = 0; i < count; i += 1) {
    const { prices, h1, low, h2 } = inject(random);
    const opened = topsOf(prices).filter(({ previousState }) => previousState === null);
    const hit = opened.some(({ evidence }) => {
      const days = evidence.points.map(({ at }) => (Date.parse(at) - someMonday) / dayMs);
      return [h1, low, h2].every((day, point) => Math.abs((days[point] ?? -9) - day) <= 2);
    });
    found += Number(hit);
    wrong += opened.length - Number(hit);
  }
  return scoreOf(count, found, wrong, count);
}

/** Every shape that formed on a long walk: the chance that was stated, and whether it was confirmed. */
function statedChances(count: number) {
  const random = seededRandom(9303);
  const stated: { confidence: number; right: boolean }[] = [];
  for (let i = 0; i < count * 0.6; i += 1) {
    const changes = topsOf(walkPrices(random, 2000));
    for (const { episodeId, state, confidence } of changes) {
      if (state !== "forming") continue;
      const end = changes.find(
        change => change.episodeId === episodeId && change.previousState === "forming",
      );
      if (end) stated.push({ confidence, right: end.state === "confirmed" });
    }
  }
  return stated;
}
