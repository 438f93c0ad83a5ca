import { valueAt } from "../columns.ts";
import { median } from "../statistics.ts";

/**
 * Scale-free description of a path of ln prices. The odd features change their sign when the path is turned
 * upside down, the even ones stay.
 */
export type PathFeatures = { readonly odd: readonly number[]; readonly even: readonly number[] };

/**
 * Features of a path with NaN where a point is missing; null when the price did not move. Displacement, slope,
 * Kendall's tau and efficiency ratio after the definitions in docs/engine.md.
 */
export function pathFeatures(values: Float64Array): PathFeatures | null {
  const { x, y } = knownPoints(values);
  const n = y.length;
  if (n < 8) return null;
  const span = read(x, n - 1) - read(x, 0);
  const sizes = new Float64Array(n - 1);
  const returns = new Float64Array(n - 1);
  let squares = 0;
  let travelled = 0;
  for (let i = 1; i < n; i += 1) {
    // A return over a gap is that of several steps.
    const change = (read(y, i) - read(y, i - 1)) / Math.sqrt(read(x, i) - read(x, i - 1));
    returns[i - 1] = change;
    sizes[i - 1] = Math.abs(change);
    squares += change * change;
    travelled += Math.abs(read(y, i) - read(y, i - 1));
  }
  const displacement = read(y, n - 1) - read(y, 0);
  // Deviation about the mean step, so that a steep trend does not hide in its own scale.
  const drift = displacement / span;
  const variance = Math.max(squares / (n - 1) - drift * drift, 1e-6 * (squares / (n - 1)));
  const scale = Math.sqrt(variance);
  if (!(scale > 1e-9)) return null;
  const unit = scale * Math.sqrt(span);
  const typical = Math.max(1.4826 * median(sizes), 0.2 * scale);
  const line = fitLine(x, y);
  const residualDeviation = Math.max(line.residualDeviation, 0.02 * scale);
  const rise = line.slope * span;
  const { high, low } = extremes(y);
  const last = read(y, n - 1);
  const first = read(y, 0);
  const third = Math.max(1, Math.floor(n / 3));
  const startLevel = meanOf(y, 0, third);
  const middleLevel = meanOf(y, third, n - third);
  const endLevel = meanOf(y, n - third, n);
  const half = read(y, Math.floor(n / 2));
  return {
    odd: [
      displacement / unit,
      displacement / (typical * Math.sqrt(span)),
      rise / unit,
      kendallTau(y),
      displacement / travelled,
      squash(rise / residualDeviation),
      squash((endLevel - startLevel) / residualDeviation),
      (endLevel - startLevel) / unit,
      (half - first) / unit,
      (last - high + (last - low)) / unit,
      (endLevel + startLevel - 2 * middleLevel) / unit,
      squash(line.slope / line.neweyWestError),
    ],
    even: [
      Math.log(residualDeviation / unit),
      (high - low) / unit,
      autocorrelation(returns),
      line.residualAutocorrelation,
      Math.log(typical / scale),
      Math.log(maximum(sizes) / scale),
      varianceRatio(y, 5, scale),
    ],
  };
}

/** Compresses large values and keeps the sign: sgn(v) ln(1 + |v|). */
function squash(value: number): number {
  return Math.sign(value) * Math.log1p(Math.abs(value));
}

function read(values: Float64Array, index: number): number {
  return values[index] ?? Number.NaN;
}

function knownPoints(values: Float64Array): { x: Float64Array; y: Float64Array } {
  const x = new Float64Array(values.length);
  const y = new Float64Array(values.length);
  let count = 0;
  for (let i = 0; i < values.length; i += 1) {
    const value = read(values, i);
    if (!Number.isFinite(value)) continue;
    x[count] = i;
    y[count] = value;
    count += 1;
  }
  return { x: x.subarray(0, count), y: y.subarray(0, count) };
}

/** Least squares, with the residuals' deviation and lag-1 correlation, and Newey and West's error of the slope. */
function fitLine(x: Float64Array, y: Float64Array) {
  const n = y.length;
  const meanX = meanOf(x, 0, n);
  const meanY = meanOf(y, 0, n);
  let xx = 0;
  let xy = 0;
  for (let i = 0; i < n; i += 1) {
    const dx = read(x, i) - meanX;
    xx += dx * dx;
    xy += dx * (read(y, i) - meanY);
  }
  const slope = xy / xx;
  const residuals = new Float64Array(n);
  const scores = new Float64Array(n);
  let squares = 0;
  let products = 0;
  for (let i = 0; i < n; i += 1) {
    const residual = read(y, i) - meanY - slope * (read(x, i) - meanX);
    residuals[i] = residual;
    scores[i] = residual * (read(x, i) - meanX);
    squares += residual * residual;
    if (i > 0) products += residual * read(residuals, i - 1);
  }
  // Bartlett weights up to the lag floor(4 (n / 100)^(2/9)).
  const lags = Math.floor(4 * (n / 100) ** (2 / 9));
  let variance = 0;
  for (let lag = 0; lag <= lags; lag += 1) {
    let sum = 0;
    for (let i = lag; i < n; i += 1) sum += read(scores, i) * read(scores, i - lag);
    variance += (lag === 0 ? 1 : 2 * (1 - lag / (lags + 1))) * sum;
  }
  return {
    slope,
    residualDeviation: Math.sqrt(squares / (n - 2)),
    residualAutocorrelation: squares > 0 ? products / squares : 0,
    neweyWestError: Math.max(Math.sqrt(Math.max(variance, 0)) / xx, 1e-12),
  };
}

/** Kendall's tau-a of the values against time. */
function kendallTau(y: Float64Array): number {
  const n = y.length;
  let score = 0;
  for (let i = 0; i < n; i += 1) {
    const own = read(y, i);
    for (let j = i + 1; j < n; j += 1) {
      const later = valueAt(y, j);
      score += Number(later > own) - Number(later < own);
    }
  }
  return (2 * score) / (n * (n - 1));
}

function autocorrelation(values: Float64Array): number {
  const centre = meanOf(values, 0, values.length);
  let squares = 0;
  let products = 0;
  for (let i = 0; i < values.length; i += 1) {
    const own = read(values, i) - centre;
    squares += own * own;
    if (i > 0) products += own * (read(values, i - 1) - centre);
  }
  return squares > 0 ? products / squares : 0;
}

/** ln of the variance of `lag`-step returns over `lag` times that of one-step returns. */
function varianceRatio(y: Float64Array, lag: number, scale: number): number {
  if (y.length < 3 * lag) return 0;
  const count = y.length - lag;
  let sum = 0;
  let squares = 0;
  for (let i = lag; i < y.length; i += 1) {
    const change = read(y, i) - read(y, i - lag);
    sum += change;
    squares += change * change;
  }
  const variance = squares / count - (sum / count) ** 2;
  return Math.log(Math.max(variance / (lag * scale * scale), 0.01));
}

function meanOf(values: Float64Array, from: number, to: number): number {
  let sum = 0;
  for (let i = from; i < to; i += 1) sum += read(values, i);
  return sum / (to - from);
}

function maximum(values: Float64Array): number {
  let largest = 0;
  for (let i = 0; i < values.length; i += 1) largest = Math.max(largest, read(values, i));
  return largest;
}

function extremes(values: Float64Array): { high: number; low: number } {
  let high = read(values, 0);
  let low = high;
  for (let i = 1; i < values.length; i += 1) {
    const value = read(values, i);
    if (value > high) high = value;
    if (value < low) low = value;
  }
  return { high, low };
}
