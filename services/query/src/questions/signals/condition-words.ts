import type { Condition } from "@vibe-charting/contracts";
import { amount, percent, share } from "../figures.ts";

/** Detectors' measures in plain words; one that is not here is said by its name. */
const words: Readonly<Record<string, string>> = {
  volume_surprise_z: "volume surprise in deviations",
  volume_ratio_30d: "volume against its 30-day level",
  volume_24h_usd: "24-hour volume",
  fall_from_peak: "fall from the peak",
  days_since_low: "days since the low",
  bounce_in_deviations: "bounce from the low in deviations",
  share_of_fall_recovered: "share of the fall recovered",
  volatility_week_over_month: "volatility of the week against the month",
  log_volume_24h_change_1h: "volume jump within the hour",
  log_volume_24h_over_7d_median: "volume over its 7-day middle",
  log_high_over_level_beyond_market: "rise over its level beyond the market",
  rise_in_deviations: "rise in deviations",
  log_rise_to_peak: "rise to the peak",
  share_of_rise_given_back: "share of the rise given back",
  log_difference_of_highs: "difference of the highs",
  log_depth_of_low: "depth of the low",
  days_between_highs: "days between the highs",
  log_fall_from_second_high: "fall from the second high",
  log_fall_below_neckline: "fall below the neckline",
};

/** A condition's measure and both of its figures in words. */
export function conditionWords({ name, value, threshold }: Condition): {
  what: string;
  value: string;
  threshold: string;
} {
  const format = formatOf(name);
  return {
    what: words[name] ?? name.replaceAll("_", " "),
    value: format(value),
    threshold: format(threshold),
  };
}

function formatOf(name: string): (value: number) => string {
  if (name.endsWith("_usd")) return amount;
  // A log of a ratio is read as the change that it stands for.
  if (name.startsWith("log_")) return value => percent(100 * Math.expm1(value));
  if (name.startsWith("share_") || name === "fall_from_peak") return share;
  if (/_ratio_|_over_/.test(name)) return value => `${plain(value)}x`;
  return plain;
}

function plain(value: number): string {
  return String(Number(value.toPrecision(3)));
}
