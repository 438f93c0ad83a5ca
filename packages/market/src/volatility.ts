import { standardDeviation } from "./statistics.ts";

/** Returns that a volatility needs; its standard error is then about a quarter of it. */
const leastReturns = 8;
export const periodsOfYear = { hourly: 8760, daily: 365 } as const;

/**
 * Annualised close-to-close volatility: the sample deviation of log returns times the root of the periods in a
 * year. Null below eight returns.
 */
export function closeToCloseVolatility(logReturns: ArrayLike<number>, periodsPerYear: number): number | null {
  if (logReturns.length < leastReturns) return null;
  return standardDeviation(logReturns) * Math.sqrt(periodsPerYear);
}

/** Annualised volatility by exponential weights (RiskMetrics, lambda .94 a day), seeded with the first 20 returns. */
export function ewmaVolatility(
  logReturns: ArrayLike<number>,
  periodsPerYear: number,
  lambda = 0.94,
): number | null {
  if (logReturns.length < leastReturns) return null;
  const seedLength = Math.min(20, logReturns.length);
  let variance = 0;
  for (let i = 0; i < seedLength; i += 1) variance += (logReturns[i] ?? Number.NaN) ** 2 / seedLength;
  for (let i = seedLength; i < logReturns.length; i += 1) {
    variance = lambda * variance + (1 - lambda) * (logReturns[i] ?? Number.NaN) ** 2;
  }
  return Math.sqrt(variance * periodsPerYear);
}

export type PriceBar = {
  readonly openUsd: number;
  readonly highUsd: number;
  readonly lowUsd: number;
  readonly closeUsd: number;
};

/** Annualised volatility by Rogers and Satchell's ranges, which a drift does not bias. Null below eight bars. */
export function rogersSatchellVolatility(bars: readonly PriceBar[], periodsPerYear: number): number | null {
  if (bars.length < leastReturns) return null;
  let sum = 0;
  for (const { openUsd, highUsd, lowUsd, closeUsd } of bars) {
    sum += Math.log(highUsd / closeUsd) * Math.log(highUsd / openUsd);
    sum += Math.log(lowUsd / closeUsd) * Math.log(lowUsd / openUsd);
  }
  return Math.sqrt(Math.max(0, (periodsPerYear * sum) / bars.length));
}
