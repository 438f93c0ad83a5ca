import type { Random } from "../random.ts";

/** What made a path: sideways paths wander without drift, or come back. */
export type PathClass = "up" | "wandering" | "returning" | "down";

/** A path of ln prices with the class that made it. */
export type LabelledPath = { readonly values: Float64Array; readonly pathClass: PathClass };

/**
 * Paths that the trend classifier is fitted on. The evaluation uses other families: here volatility is
 * stochastic instead of GARCH, noise has any memory, trends may bend or begin late.
 */
export function tuningPath(random: Random, points: number): LabelledPath {
  const direction = random.integer(-1, 2);
  const snr = direction * random.between(2, 4);
  const shocks = stochasticVolatilityShocks(random, points);
  const wanders = random.uniform() < 0.5;
  const hump = direction === 0 && random.uniform() < 0.08;
  const trend = hump ? 0 : snr;
  const values = wanders ? walk(random, shocks, trend) : trendWithNoise(random, shocks, trend);
  if (hump) addHump(random, values, random.between(1.5, 4) * (wanders ? Math.sqrt(points) : 1));
  if (random.uniform() < 0.1) dropSome(random, values);
  if (direction !== 0) return { values, pathClass: direction > 0 ? "up" : "down" };
  return { values, pathClass: wanders && !hump ? "wandering" : "returning" };
}

/** Half a sine wave up or down: a move that has been taken back is no trend over the whole path. */
function addHump(random: Random, values: Float64Array, height: number): void {
  const sign = random.uniform() < 0.5 ? -1 : 1;
  for (let i = 0; i < values.length; i += 1) {
    values[i] = (values[i] ?? 0) + sign * height * Math.sin((Math.PI * i) / (values.length - 1));
  }
}

/** Shocks of unit variance on average, whose volatility wanders and whose tails are fat. */
function stochasticVolatilityShocks(random: Random, count: number): Float64Array {
  const shocks = new Float64Array(count);
  const degrees = random.integer(3, 7);
  const wandering = random.between(0, 0.25);
  const variance = wandering ** 2 / (1 - 0.9 ** 2);
  let logVolatility = Math.sqrt(variance) * random.normal();
  for (let i = 0; i < count; i += 1) {
    logVolatility = 0.9 * logVolatility + wandering * random.normal();
    shocks[i] = Math.exp(logVolatility - variance) * random.studentT(degrees);
  }
  return shocks;
}

function walk(random: Random, shocks: Float64Array, snr: number): Float64Array {
  const count = shocks.length;
  const total = snr * Math.sqrt(count - 1);
  const bend = trendShape(random);
  const values = new Float64Array(count);
  let level = 0;
  for (let i = 0; i < count; i += 1) {
    if (i > 0) level += shocks[i] ?? 0;
    values[i] = level + total * bend(i / (count - 1));
  }
  return values;
}

function trendWithNoise(random: Random, shocks: Float64Array, snr: number): Float64Array {
  const count = shocks.length;
  const memory = Math.min(0.9, Math.max(0.4, 0.7 + 0.07 * random.normal()));
  const innovation = Math.sqrt(1 - memory * memory);
  const bend = trendShape(random);
  const values = new Float64Array(count);
  let noise = random.normal();
  for (let i = 0; i < count; i += 1) {
    noise = memory * noise + innovation * (shocks[i] ?? 0);
    values[i] = noise + snr * bend(i / (count - 1));
  }
  return values;
}

/** From 0 to 1 along the path: mostly straight, sometimes bent. */
function trendShape(random: Random): (share: number) => number {
  if (random.uniform() < 0.85) return share => share;
  const power = random.between(0.6, 1.7);
  return share => share ** power;
}

function dropSome(random: Random, values: Float64Array): void {
  for (let i = 1; i < values.length - 1; i += 1) if (random.uniform() < 0.08) values[i] = Number.NaN;
}
