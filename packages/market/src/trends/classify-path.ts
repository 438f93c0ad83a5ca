import type { TrendType } from "@vibe-charting/contracts";
import { standardDeviation } from "../statistics.ts";

export type PathModel = "hourly25" | "hourly169" | "day_change" | "daily8" | "daily31" | "daily91";

export type PathVerdict = {
  readonly type: TrendType;
  readonly probability: number;
  readonly sideways: number;
};

/** Displacement, in deviations of a driftless walk, of the trends that are told from sideways paths. */
const typicalTrendZ = 3;

/** Classifies a path of ln prices; null when its volatility is unknown. `dailyReturns` are the month's before. */
export function classifyPath(
  model: PathModel,
  values: Float64Array,
  dailyReturns: Float64Array,
): PathVerdict | null {
  const known = values.filter(Number.isFinite);
  const first = known[0];
  const last = known.at(-1);
  if (first === undefined || last === undefined || known.length < 2) return null;
  const returns =
    model === "day_change" || model === "daily8"
      ? dailyReturns
      : known.slice(1).map((value, i) => value - (known[i] as number));
  if (returns.length < 8) return null;
  const scale = standardDeviation(returns) * Math.sqrt(known.length - 1);
  if (!(scale > 0)) return null;
  return fromDisplacement((last - first) / scale);
}

/** Bayes' rule for displacements of 0 and of plus or minus the typical trend, all equally likely beforehand. */
function fromDisplacement(z: number): PathVerdict {
  const up = Math.exp(typicalTrendZ * z - typicalTrendZ ** 2 / 2);
  const down = Math.exp(-typicalTrendZ * z - typicalTrendZ ** 2 / 2);
  const total = 1 + up + down;
  const sideways = 1 / total;
  if (up >= 1 && up >= down) return { type: "uptrend", probability: up / total, sideways };
  if (down >= 1) return { type: "downtrend", probability: down / total, sideways };
  return { type: "sideways", probability: sideways, sideways };
}
