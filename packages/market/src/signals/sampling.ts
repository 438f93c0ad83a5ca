import { type Bars, firstBarFrom } from "../bars.ts";
import { valueAt } from "../columns.ts";
import { dayMs } from "../time.ts";
import type { Sample } from "../types.ts";

/** Samples that a day needs to count as hourly sampling; a few may be missing. */
const leastHoursOfDay = 18;

/** Whether a day with enough samples for hourly sampling ends at one of the samples from `first` on. */
export function mayBeHourly(samples: readonly Sample[], first: number): boolean {
  for (let index = Math.max(first, leastHoursOfDay - 1); index < samples.length; index += 1) {
    const since = samples[index - leastHoursOfDay + 1]?.at ?? Number.NaN;
    if ((samples[index]?.at ?? 0) - since <= dayMs) return true;
  }
  return false;
}

/** Whether the sampling up to this hourly bar is hourly or finer. */
export function isHourlyAt(hourly: Bars, bar: number): boolean {
  const from = firstBarFrom(hourly, valueAt(hourly.slot, bar) - 23, bar + 1);
  return bar - from + 1 >= leastHoursOfDay;
}
