/** Median of the finite values; NaN when there is none. Does not change its argument. */
export function median(values: ArrayLike<number>): number {
  return quantile(values, 0.5);
}

/** Linearly interpolated quantile of the finite values (Hyndman and Fan's type 7); NaN when there is none. */
export function quantile(values: ArrayLike<number>, fraction: number): number {
  const sorted = new Float64Array(values.length);
  let count = 0;
  for (let i = 0; i < values.length; i += 1) {
    const value = values[i] as number;
    if (Number.isFinite(value)) sorted[count++] = value;
  }
  if (count === 0) return Number.NaN;
  const finite = sorted.subarray(0, count).sort();
  const position = fraction * (count - 1);
  const below = Math.floor(position);
  const low = finite[below] as number;
  const high = finite[Math.min(below + 1, count - 1)] as number;
  return low + (high - low) * (position - below);
}

/** Median absolute deviation from the median, scaled to the standard deviation of a normal distribution. */
export function scaledMad(values: ArrayLike<number>): number {
  const centre = median(values);
  const deviations = new Float64Array(values.length);
  for (let i = 0; i < values.length; i += 1) deviations[i] = Math.abs((values[i] as number) - centre);
  return 1.4826 * median(deviations);
}

export function mean(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i += 1) sum += values[i] as number;
  return sum / values.length;
}

/** Sample standard deviation, with n - 1; NaN below two values. */
export function standardDeviation(values: ArrayLike<number>): number {
  if (values.length < 2) return Number.NaN;
  const centre = mean(values);
  let squares = 0;
  for (let i = 0; i < values.length; i += 1) squares += ((values[i] as number) - centre) ** 2;
  return Math.sqrt(squares / (values.length - 1));
}

export function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}

export function logistic(x: number): number {
  return 1 / (1 + Math.exp(-x));
}

/** Standard normal distribution function, by Abramowitz and Stegun 7.1.26; absolute error below 1.5e-7. */
export function normalCdf(z: number): number {
  const x = Math.abs(z) / Math.SQRT2;
  const t = 1 / (1 + 0.3275911 * x);
  const polynomial =
    ((((1.061405429 * t - 1.453152027) * t + 1.421413741) * t - 0.284496736) * t + 0.254829592) * t;
  const erf = 1 - polynomial * Math.exp(-x * x);
  return z >= 0 ? (1 + erf) / 2 : (1 - erf) / 2;
}

/** Rounds to significant digits, so that stored values do not carry the noise of the last bits. */
export function roundSignificant(value: number, digits = 6): number {
  return Number.isFinite(value) ? Number(value.toPrecision(digits)) : 0;
}
