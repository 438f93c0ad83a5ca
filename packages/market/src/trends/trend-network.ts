import type { PathFeatures } from "./path-features.ts";

/**
 * A network of one hidden layer, shipped as numbers. Rows of `hidden` hold a unit's weights of the standardised
 * features and, last, its bias; rows of `output` those of the classes up, wandering, returning and down.
 */
export type TrendNetwork = {
  readonly oddScale: readonly number[];
  readonly evenMean: readonly number[];
  readonly evenScale: readonly number[];
  readonly hidden: readonly (readonly number[])[];
  readonly output: readonly (readonly number[])[];
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

/** Probabilities of the classes. A path upside down gets the mirror image of them, by construction. */
export function evaluateNetwork(network: TrendNetwork, features: PathFeatures): ClassProbabilities {
  const own = logitsOf(network, features, 1);
  const mirrored = logitsOf(network, features, -1);
  const weights = [0, 1, 2, 3].map(c => {
    const inMirror = c === 0 ? 3 : c === 3 ? 0 : c;
    return ((own[c] ?? 0) + (mirrored[inMirror] ?? 0)) / 2 / network.temperature;
  });
  const largest = Math.max(...weights);
  const [up = 0, wandering = 0, returning = 0, down = 0] = weights.map(weight => Math.exp(weight - largest));
  const total = up + wandering + returning + down;
  return {
    up: up / total,
    wandering: wandering / total,
    returning: returning / total,
    down: down / total,
  };
}

function logitsOf(network: TrendNetwork, features: PathFeatures, sign: 1 | -1): readonly number[] {
  const inputs = standardise(network, features, sign);
  const logits = network.output.map(weights => weights.at(-1) ?? 0);
  for (let unit = 0; unit < network.hidden.length; unit += 1) {
    const weights = network.hidden[unit] ?? [];
    let sum = weights[inputs.length] ?? 0;
    for (let i = 0; i < inputs.length; i += 1) sum += (weights[i] ?? 0) * (inputs[i] ?? 0);
    const activation = Math.tanh(sum);
    for (let c = 0; c < logits.length; c += 1) {
      logits[c] = (logits[c] ?? 0) + (network.output[c]?.[unit] ?? 0) * activation;
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
