import type { Timeframe, TimeWindow } from "@vibe-charting/contracts";

const hourMs = 60 * 60 * 1_000;

/** The shortest timeframe whose prices cover a window that ends now. */
export function timeframeFor({ from, to }: TimeWindow): Timeframe {
  const hours = (Date.parse(to) - Date.parse(from)) / hourMs;
  if (hours <= 24) return "24h";
  if (hours <= 7 * 24) return "7d";
  return hours <= 30 * 24 ? "30d" : "90d";
}
