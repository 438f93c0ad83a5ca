import { expect, it } from "vitest";
import { closeToCloseVolatility, ewmaVolatility, rogersSatchellVolatility } from "./volatility.ts";

const returns = [0.01, -0.02, 0.015, 0.03, -0.01, 0.005, -0.025, 0.02, 0.0, -0.005];

it("annualises the deviation of log returns", () => {
  // numpy: np.std(r, ddof=1) * np.sqrt(365)
  expect(closeToCloseVolatility(returns, 365)).toBeCloseTo(0.3345643934, 9);
});

it("needs eight returns", () => {
  expect(closeToCloseVolatility(returns.slice(0, 7), 365)).toBeNull();
  expect(ewmaVolatility(returns.slice(0, 7), 365)).toBeNull();
  expect(rogersSatchellVolatility([], 365)).toBeNull();
});

it("weighs recent returns more", () => {
  const calmThenWild = [...Array(25).fill(0.001), ...Array(10).fill(0.05)];
  const wildThenCalm = calmThenWild.toReversed();
  expect(ewmaVolatility(calmThenWild, 365) ?? 0).toBeGreaterThan(ewmaVolatility(wildThenCalm, 365) ?? 1);
});

it("takes bars that only drift for no volatility", () => {
  const bars = Array.from({ length: 10 }, (_, i) => ({
    openUsd: 1.1 ** i,
    highUsd: 1.1 ** (i + 1),
    lowUsd: 1.1 ** i,
    closeUsd: 1.1 ** (i + 1),
  }));
  expect(rogersSatchellVolatility(bars, 365)).toBeCloseTo(0, 9);
});
