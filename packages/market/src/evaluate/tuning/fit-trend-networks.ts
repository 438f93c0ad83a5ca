import { writeFileSync } from "node:fs";
import { mean, standardDeviation } from "../../statistics.ts";
import { type PathFeatures, pathFeatures } from "../../trends/path-features.ts";
import {
  compileNetwork,
  evaluateNetwork,
  standardise,
  type TrendNetwork,
} from "../../trends/trend-network.ts";
import { seededRandom } from "../random.ts";
import { fitNetwork } from "./fit-network.ts";
import { type PathClass, tuningPath } from "./tuning-paths.ts";

/** Fits the trend networks on the tuning paths and writes them: run it by hand, and commit what it wrote. */
const models = { hourly25: 25, hourly169: 169, daily31: 31, daily91: 91 } as const;
const classes: readonly PathClass[] = ["up", "wandering", "returning", "down"];
const mirrored = [3, 1, 2, 0];
const examplesOfModel = 60_000;

type Labelled = { readonly features: PathFeatures; readonly label: number };

function labelledPaths(seed: number, points: number, count: number): Labelled[] {
  const random = seededRandom(seed);
  const paths: Labelled[] = [];
  while (paths.length < count) {
    const { values, pathClass } = tuningPath(random, points);
    const features = pathFeatures(values);
    if (features) paths.push({ features, label: classes.indexOf(pathClass) });
  }
  return paths;
}

function column(paths: readonly Labelled[], key: "odd" | "even", index: number): number[] {
  return paths.map(({ features }) => features[key][index] ?? 0);
}

function fitModel(seed: number, points: number): TrendNetwork {
  const paths = labelledPaths(seed, points, examplesOfModel);
  const round = (value: number) => Number(value.toPrecision(4));
  const odd = paths[0]?.features.odd ?? [];
  const even = paths[0]?.features.even ?? [];
  const scales = {
    oddScale: odd.map((_, i) => round(Math.sqrt(mean(column(paths, "odd", i).map(value => value ** 2))))),
    evenMean: even.map((_, i) => round(mean(column(paths, "even", i)))),
    evenScale: even.map((_, i) => round(standardDeviation(column(paths, "even", i)))),
  };
  const examples = paths.flatMap(({ features, label }) => [
    { inputs: standardise(scales, features, 1), label },
    { inputs: standardise(scales, features, -1), label: mirrored[label] ?? label },
  ]);
  const layers = fitNetwork(seededRandom(seed + 1), examples, {
    classes: classes.length,
    units: 20,
    epochs: 14,
    decay: 1e-5,
  });
  const network = { ...scales, ...layers, temperature: 1 };
  return { ...network, temperature: round(fitTemperature(network, labelledPaths(seed + 2, points, 15_000))) };
}

/** The divisor of the logits that makes fresh paths' labels most likely. */
function fitTemperature(network: TrendNetwork, paths: readonly Labelled[]): number {
  let best = { temperature: 1, loss: Number.POSITIVE_INFINITY };
  for (let temperature = 0.8; temperature <= 1.3; temperature += 0.02) {
    const compiled = compileNetwork({ ...network, temperature });
    let loss = 0;
    for (const { features, label } of paths) {
      const { up, wandering, returning, down } = evaluateNetwork(compiled, features);
      const truth = [up, wandering + returning, wandering + returning, down][label] ?? 0;
      loss -= Math.log(Math.max(truth, 1e-12));
    }
    if (loss < best.loss) best = { temperature, loss };
  }
  return best.temperature;
}

const networks = Object.fromEntries(
  Object.entries(models).map(([name, points], i) => [name, fitModel(1000 + 10 * i, points)]),
);
writeFileSync(
  new URL("../../trends/trend-networks.ts", import.meta.url),
  `import type { TrendNetwork } from "./trend-network.ts";

/** Written by src/evaluate/tuning/fit-trend-networks.ts: change the script, not the numbers. */
export const trendNetworks: Readonly<Record<${Object.keys(models)
    .map(name => JSON.stringify(name))
    .join(" | ")}, TrendNetwork>> = ${JSON.stringify(networks)};
`,
);
