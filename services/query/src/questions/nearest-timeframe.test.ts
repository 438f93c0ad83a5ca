import { expect, it } from "vitest";
import { nearestTimeframe } from "./nearest-timeframe.ts";

const hourMs = 60 * 60 * 1_000;

it.each([
  [1, "24h", false],
  [24, "24h", true],
  [48, "24h", false],
  [72, "7d", false],
  [7 * 24, "7d", true],
  [14 * 24, "7d", false],
  [15 * 24, "30d", false],
  [30 * 24, "30d", true],
  [60 * 24, "90d", false],
  [365 * 24, "90d", false],
] as const)("reads %d hours as %s", (hours, timeframe, isExact) => {
  expect(nearestTimeframe(hours * hourMs)).toEqual({ timeframe, isExact });
});
