/** Values on their way to a median: kept between calls, because allocating would cost more than selecting. */
let scratch = new Float64Array(256);

/** Median of the finite values among positions [from, to); NaN when there is none. Does not change its argument. */
export function median(values: ArrayLike<number>, from = 0, to = values.length): number {
  return quantile(values, 0.5, from, to);
}

/** Linearly interpolated quantile of the finite values (Hyndman and Fan's type 7); NaN when there is none. */
export function quantile(values: ArrayLike<number>, fraction: number, from = 0, to = values.length): number {
  if (scratch.length < to - from) scratch = new Float64Array(2 * (to - from));
  const finite = scratch;
  let count = 0;
  for (let i = from; i < to; i += 1) {
    const value = values[i] ?? Number.NaN;
    if (value - value === 0) finite[count++] = value;
  }
  if (count === 0) return Number.NaN;
  const position = fraction * (count - 1);
  const below = Math.floor(position);
  const low = select(finite, below, count);
  if (position === below) return low;
  // Selection leaves the larger values behind the place: the next one is their smallest.
  let high = Number.POSITIVE_INFINITY;
  for (let i = below + 1; i < count; i += 1) high = Math.min(high, finite[i] ?? 0);
  return low + (high - low) * (position - below);
}

/** Hoare's selection: brings the value of rank `rank` among the first `count` to its place, and returns it. */
function select(values: Float64Array, rank: number, count: number): number {
  let left = 0;
  let right = count - 1;
  while (left < right) {
    const pivot = values[(left + right) >>> 1] ?? 0;
    let i = left;
    let j = right;
    while (i <= j) {
      while ((values[i] ?? 0) < pivot) i += 1;
      while ((values[j] ?? 0) > pivot) j -= 1;
      if (i > j) break;
      const kept = values[i] ?? 0;
      values[i] = values[j] ?? 0;
      values[j] = kept;
      i += 1;
      j -= 1;
    }
    if (rank <= j) right = j;
    else if (rank >= i) left = i;
    else break;
  }
  return values[rank] ?? 0;
}

/** Median absolute deviation from the median, scaled to the standard deviation of a normal distribution. */
export function scaledMad(values: ArrayLike<number>): number {
  const centre = median(values);
  const deviations = new Float64Array(values.length);
  for (let i = 0; i < values.length; i += 1) deviations[i] = Math.abs((values[i] ?? Number.NaN) - centre);
  return 1.4826 * median(deviations);
}

export function mean(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i += 1) sum += values[i] ?? Number.NaN;
  return sum / values.length;
}

/** Sample standard deviation, with n - 1; NaN below two values. */
export function standardDeviation(values: ArrayLike<number>): number {
  if (values.length < 2) return Number.NaN;
  const centre = mean(values);
  let squares = 0;
  for (let i = 0; i < values.length; i += 1) squares += ((values[i] ?? Number.NaN) - centre) ** 2;
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

/** Powers of ten up to 22 are exact, so that a quotient by one is the double nearest to the decimal. */
const powersOfTen = Array.from({ length: 23 }, (_, exponent) => Number(`1e${exponent}`));

/** Rounds to significant digits, so that stored values do not carry the noise of the last bits; 0 for no number. */
export function roundSignificant(value: number, digits = 6): number {
  if (value === 0 || !Number.isFinite(value)) return 0;
  const places = digits - 1 - Math.floor(Math.log10(Math.abs(value)));
  const power = powersOfTen[Math.abs(places)];
  if (power === undefined) return Number(value.toPrecision(digits));
  return places >= 0 ? Math.round(value * power) / power : Math.round(value / power) * power;
}
