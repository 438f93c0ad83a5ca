import type { TrendType } from "@vibe-charting/contracts";
import type { Random } from "./random.ts";

export type PathFamily =
  | "walk"
  | "line"
  | "mean_reverting"
  | "regime_switch"
  | "jump"
  | "u_turn"
  | "stale"
  | "gaps";

/** Families that the classifier never saw: the first two are the mixture, the others are hostile. */
export const pathFamilies: readonly PathFamily[] = [
  "walk",
  "line",
  "mean_reverting",
  "regime_switch",
  "jump",
  "u_turn",
  "stale",
  "gaps",
];

export type TestPath = { readonly values: Float64Array; readonly trend: TrendType };

/** GARCH(1,1) shocks of unit variance with Student's t innovations of four degrees of freedom. */
export function garchShocks(random: Random, count: number): Float64Array {
  const shocks = new Float64Array(count);
  let variance = 1;
  let previous = 0;
  for (let i = -50; i < count; i += 1) {
    variance = 0.05 + 0.1 * previous ** 2 + 0.85 * variance;
    previous = Math.sqrt(variance) * random.studentT(4);
    if (i >= 0) shocks[i] = previous;
  }
  return shocks;
}

/** A path of ln prices, in units of the noise, with a total rise of `snr` noise deviations; negative falls. */
export function testPath(random: Random, family: PathFamily, points: number, snr: number): TestPath {
  const trend: TrendType = snr > 0 ? "uptrend" : snr < 0 ? "downtrend" : "sideways";
  const shocks = garchShocks(random, points);
  const rise = snr * Math.sqrt(points - 1);
  switch (family) {
    case "walk":
      return { values: walk(shocks, i => (rise * i) / (points - 1)), trend };
    case "line":
      return { values: noise(shocks, 0.7).map((value, i) => value + (snr * i) / (points - 1)), trend };
    case "mean_reverting":
      return { values: noise(shocks, 0.95), trend: "sideways" };
    case "regime_switch": {
      const start = random.integer(Math.floor(points * 0.2), Math.floor(points * 0.6));
      const share = (i: number) => Math.max(0, i - start) / (points - 1 - start);
      return { values: walk(shocks, i => rise * share(i)), trend };
    }
    case "jump": {
      const day = random.integer(Math.floor(points * 0.2), Math.floor(points * 0.8));
      return { values: walk(shocks, i => (rise / 2) * (i / (points - 1) + Number(i >= day))), trend };
    }
    case "u_turn":
      return {
        values: walk(shocks, i => rise * (1 - Math.abs((2 * i) / (points - 1) - 1))),
        trend: "sideways",
      };
    case "stale": {
      const values = walk(shocks, i => (rise * i) / (points - 1));
      for (let i = 1; i < points; i += 1) if (random.uniform() < 0.15) values[i] = values[i - 1] ?? 0;
      return { values, trend };
    }
    case "gaps": {
      const values = walk(shocks, i => (rise * i) / (points - 1));
      for (let i = 1; i < points - 1; i += 1) if (random.uniform() < 0.1) values[i] = Number.NaN;
      return { values, trend };
    }
  }
}

function walk(shocks: Float64Array, drift: (i: number) => number): Float64Array {
  let level = 0;
  return shocks.map((shock, i) => {
    if (i > 0) level += shock;
    return level + drift(i);
  });
}

/** Autoregressive noise of unit variance. */
function noise(shocks: Float64Array, memory: number): Float64Array {
  const innovation = Math.sqrt(1 - memory * memory);
  let level = shocks[0] ?? 0;
  return shocks.map(shock => {
    level = memory * level + innovation * shock;
    return level;
  });
}
