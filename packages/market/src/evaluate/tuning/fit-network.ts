import { valueAt } from "../../columns.ts";
import type { Random } from "../random.ts";

/** Inputs of one example, and the number of its class. */
export type Example = { readonly inputs: Float64Array; readonly label: number };

export type FittedLayers = { readonly hidden: number[]; readonly output: number[] };

/** Fits one hidden layer of tanh units to minimise cross entropy, by Adam on shuffled batches. */
export function fitNetwork(
  random: Random,
  examples: readonly Example[],
  options: { classes: number; units: number; epochs: number; decay: number },
): FittedLayers {
  const inputs = examples[0]?.inputs.length ?? 0;
  const { classes, units, epochs } = options;
  const hiddenSize = units * (inputs + 1);
  const size = hiddenSize + classes * (units + 1);
  const weights = Float64Array.from({ length: size }, (_, i) =>
    i < hiddenSize ? random.normal() / Math.sqrt(inputs) : random.normal() / Math.sqrt(units),
  );
  const optimiser = { first: new Float64Array(size), second: new Float64Array(size), step: 0 };
  const order = examples.map((_, i) => i);
  const batch = 256;
  for (let epoch = 0; epoch < epochs; epoch += 1) {
    shuffle(random, order);
    const rate = 0.004 * 0.5 * (1 + Math.cos((Math.PI * epoch) / epochs)) + 1e-5;
    for (let from = 0; from + batch <= order.length; from += batch) {
      const gradient = new Float64Array(size);
      for (let k = from; k < from + batch; k += 1) {
        const example = examples[order[k] ?? 0];
        if (example) addGradient(weights, gradient, example, { units, hiddenSize, classes });
      }
      descend(weights, gradient, optimiser, rate, batch, options.decay);
    }
  }
  return {
    hidden: rounded(weights.subarray(0, hiddenSize)),
    output: rounded(weights.subarray(hiddenSize)),
  };
}

function addGradient(
  weights: Float64Array,
  gradient: Float64Array,
  { inputs, label }: Example,
  { units, hiddenSize, classes }: { units: number; hiddenSize: number; classes: number },
): void {
  const width = inputs.length + 1;
  const activations = new Float64Array(units);
  for (let unit = 0; unit < units; unit += 1) {
    const at = unit * width;
    let sum = valueAt(weights, at + inputs.length);
    for (let i = 0; i < inputs.length; i += 1) sum += valueAt(weights, at + i) * valueAt(inputs, i);
    activations[unit] = Math.tanh(sum);
  }
  const logits = new Float64Array(classes);
  for (let c = 0; c < classes; c += 1) {
    const at = hiddenSize + c * (units + 1);
    let sum = valueAt(weights, at + units);
    for (let unit = 0; unit < units; unit += 1) {
      sum += valueAt(weights, at + unit) * valueAt(activations, unit);
    }
    logits[c] = sum;
  }
  const largest = Math.max(...logits);
  let total = 0;
  for (let c = 0; c < classes; c += 1) total += Math.exp(valueAt(logits, c) - largest);
  const back = new Float64Array(units);
  for (let c = 0; c < classes; c += 1) {
    const error = Math.exp(valueAt(logits, c) - largest) / total - Number(c === label);
    const at = hiddenSize + c * (units + 1);
    gradient[at + units] = valueAt(gradient, at + units) + error;
    for (let unit = 0; unit < units; unit += 1) {
      gradient[at + unit] = valueAt(gradient, at + unit) + error * valueAt(activations, unit);
      back[unit] = valueAt(back, unit) + error * valueAt(weights, at + unit);
    }
  }
  for (let unit = 0; unit < units; unit += 1) {
    const slope = valueAt(back, unit) * (1 - valueAt(activations, unit) ** 2);
    const at = unit * width;
    for (let i = 0; i < inputs.length; i += 1) {
      gradient[at + i] = valueAt(gradient, at + i) + slope * valueAt(inputs, i);
    }
    gradient[at + inputs.length] = valueAt(gradient, at + inputs.length) + slope;
  }
}

function descend(
  weights: Float64Array,
  gradient: Float64Array,
  optimiser: { first: Float64Array; second: Float64Array; step: number },
  rate: number,
  batch: number,
  decay: number,
): void {
  optimiser.step += 1;
  const { first, second, step } = optimiser;
  for (let i = 0; i < weights.length; i += 1) {
    const slope = valueAt(gradient, i) / batch + decay * valueAt(weights, i);
    first[i] = 0.9 * valueAt(first, i) + 0.1 * slope;
    second[i] = 0.999 * valueAt(second, i) + 0.001 * slope * slope;
    const momentum = valueAt(first, i) / (1 - 0.9 ** step);
    const spread = Math.sqrt(valueAt(second, i) / (1 - 0.999 ** step)) + 1e-8;
    weights[i] = valueAt(weights, i) - (rate * momentum) / spread;
  }
}

function shuffle(random: Random, order: number[]): void {
  for (let i = order.length - 1; i > 0; i -= 1) {
    const j = random.integer(0, i + 1);
    const kept = order[i] ?? 0;
    order[i] = order[j] ?? 0;
    order[j] = kept;
  }
}

function rounded(values: Float64Array): number[] {
  return Array.from(values, value => Number(value.toPrecision(4)));
}
