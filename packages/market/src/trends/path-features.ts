import { median } from "../statistics.ts";
import { kendallTau } from "./kendall-tau.ts";

/**
 * Scale-free description of a path of ln prices. The odd features change their sign when the path is turned
 * upside down, the even ones stay.
 */
export type PathFeatures = { readonly odd: readonly number[]; readonly even: readonly number[] };

/** Columns to work in, kept between calls: allocating them would cost as much as the features. */
let work = workspace(256);

function workspace(points: number) {
  const columns = new Float64Array(5 * points);
  const column = (number: number) => columns.subarray(number * points, (number + 1) * points);
  return { x: column(0), y: column(1), returns: column(2), sizes: column(3), scores: column(4) };
}

/**
 * Features of a path with NaN where a point is missing; null when the price did not move. Displacement, slope,
 * Kendall's tau and efficiency ratio after the definitions in docs/engine.md.
 */
export function pathFeatures(values: Float64Array): PathFeatures | null {
  if (work.x.length < values.length) work = workspace(2 * values.length);
  const n = keepKnownPoints(values);
  if (n < 8) return null;
  const { x, y, returns, sizes } = work;
  const span = (x[n - 1] ?? 0) - (x[0] ?? 0);
  const first = y[0] ?? 0;
  const last = y[n - 1] ?? 0;
  let squares = 0;
  let travelled = 0;
  let largest = 0;
  let high = first;
  let low = first;
  for (let i = 1; i < n; i += 1) {
    const own = y[i] ?? 0;
    const step = own - (y[i - 1] ?? 0);
    // A return over a gap is that of several steps.
    const change = step / Math.sqrt((x[i] ?? 0) - (x[i - 1] ?? 0));
    const size = Math.abs(change);
    returns[i - 1] = change;
    sizes[i - 1] = size;
    squares += change * change;
    travelled += Math.abs(step);
    if (size > largest) largest = size;
    if (own > high) high = own;
    if (own < low) low = own;
  }
  const displacement = last - first;
  // Deviation about the mean step, so that a steep trend does not hide in its own scale.
  const drift = displacement / span;
  const variance = Math.max(squares / (n - 1) - drift * drift, 1e-6 * (squares / (n - 1)));
  const scale = Math.sqrt(variance);
  if (!(scale > 1e-9)) return null;
  const unit = scale * Math.sqrt(span);
  const typical = Math.max(1.4826 * median(sizes, 0, n - 1), 0.2 * scale);
  const line = fitLine(n);
  const residualDeviation = Math.max(line.residualDeviation, 0.02 * scale);
  const rise = line.slope * span;
  const third = Math.max(1, Math.floor(n / 3));
  const startLevel = meanOf(y, 0, third);
  const middleLevel = meanOf(y, third, n - third);
  const endLevel = meanOf(y, n - third, n);
  const half = y[Math.floor(n / 2)] ?? 0;
  return {
    odd: [
      displacement / unit,
      displacement / (typical * Math.sqrt(span)),
      rise / unit,
      kendallTau(y, n),
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
      autocorrelation(returns, n - 1),
      line.residualAutocorrelation,
      Math.log(typical / scale),
      Math.log(largest / scale),
      varianceRatio(y, n, 5, scale),
    ],
  };
}

/** Compresses large values and keeps the sign: sgn(v) ln(1 + |v|). */
function squash(value: number): number {
  return Math.sign(value) * Math.log1p(Math.abs(value));
}

/** Brings the points that are known, and their places, together; returns their number. */
function keepKnownPoints(values: Float64Array): number {
  const { x, y } = work;
  let count = 0;
  for (let i = 0; i < values.length; i += 1) {
    const value = values[i] ?? 0;
    if (!Number.isFinite(value)) continue;
    x[count] = i;
    y[count] = value;
    count += 1;
  }
  return count;
}

/** Least squares, with the residuals' deviation and lag-1 correlation, and Newey and West's error of the slope. */
function fitLine(n: number) {
  const { x, y, scores } = work;
  const meanX = meanOf(x, 0, n);
  const meanY = meanOf(y, 0, n);
  let xx = 0;
  let xy = 0;
  for (let i = 0; i < n; i += 1) {
    const dx = (x[i] ?? 0) - meanX;
    xx += dx * dx;
    xy += dx * ((y[i] ?? 0) - meanY);
  }
  const slope = xy / xx;
  let squares = 0;
  let products = 0;
  let before = 0;
  for (let i = 0; i < n; i += 1) {
    const dx = (x[i] ?? 0) - meanX;
    const residual = (y[i] ?? 0) - meanY - slope * dx;
    scores[i] = residual * dx;
    squares += residual * residual;
    products += residual * before;
    before = residual;
  }
  // Bartlett weights up to the lag floor(4 (n / 100)^(2/9)).
  const lags = Math.floor(4 * (n / 100) ** (2 / 9));
  let variance = 0;
  for (let lag = 0; lag <= lags; lag += 1) {
    let sum = 0;
    for (let i = lag; i < n; i += 1) sum += (scores[i] ?? 0) * (scores[i - lag] ?? 0);
    variance += (lag === 0 ? 1 : 2 * (1 - lag / (lags + 1))) * sum;
  }
  return {
    slope,
    residualDeviation: Math.sqrt(squares / (n - 2)),
    residualAutocorrelation: squares > 0 ? products / squares : 0,
    neweyWestError: Math.max(Math.sqrt(Math.max(variance, 0)) / xx, 1e-12),
  };
}

function autocorrelation(values: Float64Array, n: number): number {
  const centre = meanOf(values, 0, n);
  let squares = 0;
  let products = 0;
  let before = 0;
  for (let i = 0; i < n; i += 1) {
    const own = (values[i] ?? 0) - centre;
    squares += own * own;
    products += own * before;
    before = own;
  }
  return squares > 0 ? products / squares : 0;
}

/** ln of the variance of `lag`-step returns over `lag` times that of one-step returns. */
function varianceRatio(y: Float64Array, n: number, lag: number, scale: number): number {
  if (n < 3 * lag) return 0;
  const count = n - lag;
  let sum = 0;
  let squares = 0;
  for (let i = lag; i < n; i += 1) {
    const change = (y[i] ?? 0) - (y[i - lag] ?? 0);
    sum += change;
    squares += change * change;
  }
  const variance = squares / count - (sum / count) ** 2;
  return Math.log(Math.max(variance / (lag * scale * scale), 0.01));
}

function meanOf(values: Float64Array, from: number, to: number): number {
  let sum = 0;
  for (let i = from; i < to; i += 1) sum += values[i] ?? 0;
  return sum / (to - from);
}
