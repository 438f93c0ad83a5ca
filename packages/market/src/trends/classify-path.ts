import type { TrendType } from "@vibe-charting/contracts";
import { standardDeviation } from "../statistics.ts";
import { pathFeatures } from "./path-features.ts";
import { type ClassProbabilities, compileNetwork, evaluateNetwork } from "./trend-network.ts";
import { trendNetworks } from "./trend-networks.ts";

export type PathModel = "hourly25" | "hourly169" | "day_change" | "daily8" | "daily31" | "daily91";

export type PathVerdict = {
  readonly type: TrendType;
  readonly probability: number;
  readonly sideways: number;
};

const networks = {
  hourly25: compileNetwork(trendNetworks.hourly25),
  hourly169: compileNetwork(trendNetworks.hourly169),
  daily31: compileNetwork(trendNetworks.daily31),
  daily91: compileNetwork(trendNetworks.daily91),
};

/** Displacement, in deviations of a driftless walk, of the trends that short paths are told from. */
const typicalTrendZ = 3;

/** Classifies a path of ln prices; null when its volatility is unknown. `dailyReturns` are those of a month. */
export function classifyPath(
  model: PathModel,
  values: Float64Array,
  dailyReturns: Float64Array,
): PathVerdict | null {
  if (model === "day_change" || model === "daily8") {
    const z = displacementZ(values, dailyReturns);
    return z === null ? null : verdictOf(fromDisplacement(z));
  }
  const features = pathFeatures(values);
  return features === null ? null : verdictOf(evaluateNetwork(networks[model], features));
}

/** The path's change over that of a driftless walk with the volatility of the days before the path. */
function displacementZ(values: Float64Array, dailyReturns: Float64Array): number | null {
  const steps = values.length - 1;
  const before = dailyReturns.subarray(0, Math.max(0, dailyReturns.length - (steps === 1 ? 1 : 0)));
  if (before.length < 8) return null;
  const first = values.find(Number.isFinite);
  const last = values.at(-1);
  if (first === undefined || last === undefined) return null;
  const scale = standardDeviation(before) * Math.sqrt(steps);
  return scale > 0 ? (last - first) / scale : null;
}

/** Bayes' rule for displacements of 0 and of plus or minus the typical trend, all equally likely beforehand. */
function fromDisplacement(z: number): ClassProbabilities {
  const up = Math.exp(typicalTrendZ * Math.min(z, 30) - typicalTrendZ ** 2 / 2);
  const down = Math.exp(-typicalTrendZ * Math.max(z, -30) - typicalTrendZ ** 2 / 2);
  const total = 1 + up + down;
  return { up: up / total, wandering: 1 / total, returning: 0, down: down / total };
}

/**
 * A trend is stated with this confidence or more only when it still would be if driftless walks were as much
 * likelier as the weight says: most prices wander, and a wandering price must not be called a trend with it.
 */
const doubtedConfidence = 0.7;
const wanderingWeight = 3.9;

function verdictOf(probabilities: ClassProbabilities): PathVerdict {
  const { up, wandering, returning, down } = probabilities;
  const sideways = wandering + returning;
  if (sideways >= up && sideways >= down) return { type: "sideways", probability: sideways, sideways };
  const own = Math.max(up, down);
  const doubted = own / (up + down + returning + wanderingWeight * wandering);
  const probability = doubted >= doubtedConfidence ? own : Math.min(own, doubtedConfidence - 0.01);
  return { type: up > down ? "uptrend" : "downtrend", probability, sideways };
}
