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

/** A network with its numbers in typed arrays. */
export type CompiledNetwork = {
  readonly units: number;
  readonly hidden: Float64Array;
  readonly output: Float64Array;
  readonly scales: {
    readonly oddScale: Float64Array;
    readonly evenMean: Float64Array;
    readonly evenScale: Float64Array;
  };
  readonly temperature: number;
};

export function compileNetwork(network: TrendNetwork): CompiledNetwork {
  return {
    units: network.output.length / classes - 1,
    hidden: Float64Array.from(network.hidden),
    output: Float64Array.from(network.output),
    scales: {
      oddScale: Float64Array.from(network.oddScale),
      evenMean: Float64Array.from(network.evenMean),
      evenScale: Float64Array.from(network.evenScale),
    },
    temperature: network.temperature,
  };
}

/** Logits of the path and of its mirror image, kept between calls: allocating would cost more than adding up. */
const own = new Float64Array(classes);
const mirrored = new Float64Array(classes);

/** Probabilities of the classes. A path upside down gets the mirror image of them, by construction. */
export function evaluateNetwork(network: CompiledNetwork, features: PathFeatures): ClassProbabilities {
  fillLogits(network, features);
  const divisor = 2 * network.temperature;
  const up = ((own[0] ?? 0) + (mirrored[3] ?? 0)) / divisor;
  const wandering = ((own[1] ?? 0) + (mirrored[1] ?? 0)) / divisor;
  const returning = ((own[2] ?? 0) + (mirrored[2] ?? 0)) / divisor;
  const down = ((own[3] ?? 0) + (mirrored[0] ?? 0)) / divisor;
  const largest = Math.max(up, wandering, returning, down);
  const weights = {
    up: Math.exp(up - largest),
    wandering: Math.exp(wandering - largest),
    returning: Math.exp(returning - largest),
    down: Math.exp(down - largest),
  };
  const total = weights.up + weights.wandering + weights.returning + weights.down;
  return {
    up: weights.up / total,
    wandering: weights.wandering / total,
    returning: weights.returning / total,
    down: weights.down / total,
  };
}

/** Each weight is read once for both: the mirror image differs in the sign of the odd features alone. */
function fillLogits({ units, hidden, output, scales }: CompiledNetwork, features: PathFeatures): void {
  const inputs = standardise(scales, features, 1);
  const odd = features.odd.length;
  const width = inputs.length + 1;
  for (let c = 0; c < classes; c += 1) {
    const bias = output[c * (units + 1) + units] ?? 0;
    own[c] = bias;
    mirrored[c] = bias;
  }
  for (let unit = 0; unit < units; unit += 1) {
    const at = unit * width;
    let sum = hidden[at + inputs.length] ?? 0;
    let mirroredSum = sum;
    for (let i = 0; i < odd; i += 1) {
      const term = (hidden[at + i] ?? 0) * (inputs[i] ?? 0);
      sum += term;
      mirroredSum -= term;
    }
    for (let i = odd; i < inputs.length; i += 1) {
      const term = (hidden[at + i] ?? 0) * (inputs[i] ?? 0);
      sum += term;
      mirroredSum += term;
    }
    const activation = Math.tanh(sum);
    const mirroredActivation = Math.tanh(mirroredSum);
    for (let c = 0; c < classes; c += 1) {
      const weight = output[c * (units + 1) + unit] ?? 0;
      own[c] = (own[c] ?? 0) + weight * activation;
      mirrored[c] = (mirrored[c] ?? 0) + weight * mirroredActivation;
    }
  }
}

export function standardise(
  scales: Readonly<Record<"oddScale" | "evenMean" | "evenScale", ArrayLike<number>>>,
  { odd, even }: PathFeatures,
  sign: 1 | -1,
): Float64Array {
  const inputs = new Float64Array(odd.length + even.length);
  for (let i = 0; i < odd.length; i += 1) {
    inputs[i] = (sign * (odd[i] ?? 0)) / (scales.oddScale[i] ?? 1);
  }
  for (let i = 0; i < even.length; i += 1) {
    inputs[odd.length + i] = ((even[i] ?? 0) - (scales.evenMean[i] ?? 0)) / (scales.evenScale[i] ?? 1);
  }
  return inputs;
}
