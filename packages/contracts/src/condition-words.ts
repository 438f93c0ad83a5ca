import { amount, percent, share } from "./format-figures.ts";
import type { Condition } from "./vocabulary.ts";

type Measure = { readonly what: string; readonly format: (value: number) => string };

const times = (value: number) => `${plain(value)}x`;
/** A log of a ratio is read as the change that it stands for. */
const change = (log: number) => percent(100 * Math.expm1(log));
const days = (value: number) => `${plain(value)} days`;
const deviations = (value: number) => `${plain(value)} deviations`;

/** Detectors' measures in plain words; one that is not here is said by its name. */
const measures: Readonly<Record<string, Measure>> = {
  volume_surprise_z: { what: "volume surprise", format: deviations },
  volume_ratio_30d: { what: "volume against its 30-day level", format: times },
  volume_24h_usd: { what: "24-hour volume", format: amount },
  fall_from_peak: { what: "fall from the peak", format: share },
  days_since_low: { what: "time since the low", format: days },
  bounce_in_deviations: { what: "bounce from the low", format: deviations },
  share_of_fall_recovered: { what: "share of the fall recovered", format: share },
  volatility_week_over_month: { what: "volatility of the week against the month", format: times },
  log_volume_24h_change_1h: { what: "volume jump within the hour", format: change },
  log_volume_24h_over_7d_median: { what: "volume over its 7-day middle", format: change },
  log_high_over_level_beyond_market: { what: "rise over its level beyond the market", format: change },
  rise_in_deviations: { what: "rise", format: deviations },
  log_rise_to_peak: { what: "rise to the peak", format: change },
  share_of_rise_given_back: { what: "share of the rise given back", format: share },
  log_difference_of_highs: { what: "difference of the highs", format: change },
  log_depth_of_low: { what: "depth of the low", format: change },
  days_between_highs: { what: "time between the highs", format: days },
  log_fall_from_second_high: { what: "fall from the second high", format: change },
  log_fall_below_neckline: { what: "fall below the neckline", format: change },
};

/** A condition's measure and both of its figures in words. */
export function conditionWords({ name, value, threshold }: Condition): {
  what: string;
  value: string;
  threshold: string;
} {
  const { what, format } = measures[name] ?? { what: name.replaceAll("_", " "), format: plain };
  return { what, value: format(value), threshold: format(threshold) };
}

function plain(value: number): string {
  return String(Number(value.toPrecision(2)));
}
