import { findPriceSteps } from "./price-steps.ts";
import type { Sample } from "./types.ts";

/** A row as a source gave it: anything may be missing, not a number, or out of order. */
export type RawSample = {
  readonly at: number;
  readonly priceUsd: number | null | undefined;
  readonly volume24hUsd?: number | null | undefined;
  readonly marketCapUsd?: number | null | undefined;
  readonly isOtherVolume?: boolean;
  readonly openUsd?: number | null | undefined;
  readonly highUsd?: number | null | undefined;
  readonly lowUsd?: number | null | undefined;
};

export type LeftOutReason =
  | "invalid_time"
  | "missing_price"
  | "non_positive_price"
  | "duplicate_time"
  | "invalid_volume"
  | "invalid_range"
  | "redenomination"
  | "unbacked_price_step";

export type LeftOut = { readonly reason: LeftOutReason; readonly count: number };

/**
 * Brings raw rows into a series: ascending, one sample a time (of several, the last given), positive finite
 * prices. `leftOut` counts what did not make it, field by field, and the price steps that are no market move.
 */
export function sanitizeSeries(raw: readonly RawSample[]): {
  readonly samples: readonly Sample[];
  readonly leftOut: readonly LeftOut[];
} {
  const counts = new Map<LeftOutReason, number>();
  const leaveOut = (reason: LeftOutReason) => counts.set(reason, (counts.get(reason) ?? 0) + 1);
  const byTime = new Map<number, Sample>();
  for (const row of raw) {
    const sample = toSample(row, leaveOut);
    if (sample === null) continue;
    if (byTime.has(sample.at)) leaveOut("duplicate_time");
    byTime.set(sample.at, sample);
  }
  const samples = [...byTime.values()].sort((a, b) => a.at - b.at);
  for (const step of findPriceSteps(samples)) leaveOut(step.reason);
  return { samples, leftOut: [...counts].map(([reason, count]) => ({ reason, count })) };
}

/** The same samples when they already are a series; otherwise what `sanitizeSeries` makes of them. */
export function asSeries(samples: readonly Sample[]): readonly Sample[] {
  let previous = Number.NEGATIVE_INFINITY;
  for (const { at, priceUsd } of samples) {
    if (!(at > previous && at < Number.POSITIVE_INFINITY && priceUsd > 0 && priceUsd < Number.MAX_VALUE)) {
      return sanitizeSeries(samples).samples;
    }
    previous = at;
  }
  return samples;
}

function toSample(row: RawSample, leaveOut: (reason: LeftOutReason) => void): Sample | null {
  // Beyond 8.64e15 ms a time has no date.
  if (!Number.isFinite(row.at) || Math.abs(row.at) > 8.64e15) {
    leaveOut("invalid_time");
    return null;
  }
  const price = row.priceUsd;
  if (price === null || price === undefined || !Number.isFinite(price)) {
    leaveOut("missing_price");
    return null;
  }
  if (price <= 0) {
    leaveOut("non_positive_price");
    return null;
  }
  if (isInvalid(row.volume24hUsd)) leaveOut("invalid_volume");
  const sample = {
    at: row.at,
    priceUsd: price,
    volume24hUsd: positiveOrNull(row.volume24hUsd),
    marketCapUsd: positiveOrNull(row.marketCapUsd),
    ...(row.isOtherVolume && { isOtherVolume: true }),
  };
  const open = positiveOrNull(row.openUsd);
  const high = positiveOrNull(row.highUsd);
  const low = positiveOrNull(row.lowUsd);
  if (open === null && high === null && low === null) return sample;
  if ((high !== null && high < price * 0.999) || (low !== null && low > price * 1.001)) {
    leaveOut("invalid_range");
    return sample;
  }
  return { ...sample, openUsd: open, highUsd: high, lowUsd: low };
}

/** Zero is a source's way to say "not known" for a market cap and "none" for a volume; neither can be used. */
function positiveOrNull(value: number | null | undefined): number | null {
  return value !== null && value !== undefined && Number.isFinite(value) && value > 0 ? value : null;
}

function isInvalid(value: number | null | undefined): boolean {
  return value !== null && value !== undefined && !(Number.isFinite(value) && value >= 0);
}
