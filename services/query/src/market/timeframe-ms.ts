import type { Timeframe } from "@vibe-charting/contracts";

const hourMs = 60 * 60 * 1_000;

export const timeframeMs: Readonly<Record<Timeframe, number>> = {
  "24h": 24 * hourMs,
  "7d": 7 * 24 * hourMs,
  "30d": 30 * 24 * hourMs,
  "90d": 90 * 24 * hourMs,
};
