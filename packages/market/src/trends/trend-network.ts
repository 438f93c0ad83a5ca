import { valueAt } from "../columns.ts";
import type { PathFeatures } from "./path-features.ts";

/**
 * A network of one hidden layer, shipped as numbers. `hidden` holds, unit after unit, the weights of the
 * standardised features and, last, the bias; `output` those of the classes up, wandering, returning and down.
 */
export type TrendNetwork = {
  readonly oddScale: readonly number[];
  readonly evenMean: readonly number[];
  readonly evenScale: readonly number[];
  readonly hidden: readonly number[];
  readonly output: readonly number[];
  /** Divides the logits, so that the probabilities are calibrated. */
  readonly temperature: number;
};

/** Sideways paths are of two kinds: a walk that merely wanders, and one that comes back. */
export type ClassProbabilities = {
  readonly up: number;
  readonly wandering: number;
  readonly returning: number;
  readonly down: number;
};

const classes = 4;

/** A network with its weights in typed arrays. */
export type CompiledNetwork = {
  readonly network: TrendNetwork;
  readonly units: number;
  readonly hidden: Float64Array;
  readonly output: Float64Array;
};

export function compileNetwork(network: TrendNetwork): CompiledNetwork {
  return {
    network,
    units: network.output.length / classes - 1,
    hidden: Float64Array.from(network.hidden),
    output: Float64Array.from(network.output),
  };
}

/** Probabilities of the classes. A path upside down gets the mirror image of them, by construction. */
export function evaluateNetwork(compiled: CompiledNetwork, features: PathFeatures): ClassProbabilities {
  const own = logitsOf(compiled, features, 1);
  const mirrored = logitsOf(compiled, features, -1);
  const divisor = 2 * compiled.network.temperature;
  const up = (valueAt(own, 0) + valueAt(mirrored, 3)) / divisor;
  const wandering = (valueAt(own, 1) + valueAt(mirrored, 1)) / divisor;
  const returning = (valueAt(own, 2) + valueAt(mirrored, 2)) / divisor;
  const down = (valueAt(own, 3) + valueAt(mirrored, 0)) / divisor;
  const largest = Math.max(up, wandering, returning, down);
  const weights = Float64Array.of(up, wandering, returning, down).map(logit => Math.exp(logit - largest));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return {
    up: valueAt(weights, 0) / total,
    wandering: valueAt(weights, 1) / total,
    returning: valueAt(weights, 2) / total,
    down: valueAt(weights, 3) / total,
  };
}

function logitsOf({ network, units, hidden, output }: CompiledNetwork, features: PathFeatures, sign: 1 | -1) {
  const inputs = standardise(network, features, sign);
  const width = inputs.length + 1;
  const logits = new Float64Array(classes);
  for (let c = 0; c < classes; c += 1) logits[c] = valueAt(output, c * (units + 1) + units);
  for (let unit = 0; unit < units; unit += 1) {
    let sum = valueAt(hidden, unit * width + inputs.length);
    for (let i = 0; i < inputs.length; i += 1) sum += valueAt(hidden, unit * width + i) * valueAt(inputs, i);
    const activation = Math.tanh(sum);
    for (let c = 0; c < classes; c += 1) {
      logits[c] = valueAt(logits, c) + valueAt(output, c * (units + 1) + unit) * activation;
    }
  }
  return logits;
}

export function standardise(
  network: Pick<TrendNetwork, "oddScale" | "evenMean" | "evenScale">,
  { odd, even }: PathFeatures,
  sign: 1 | -1,
): Float64Array {
  const inputs = new Float64Array(odd.length + even.length);
  for (let i = 0; i < odd.length; i += 1) {
    inputs[i] = (sign * (odd[i] ?? 0)) / (network.oddScale[i] ?? 1);
  }
  for (let i = 0; i < even.length; i += 1) {
    inputs[odd.length + i] = ((even[i] ?? 0) - (network.evenMean[i] ?? 0)) / (network.evenScale[i] ?? 1);
  }
  return inputs;
}
