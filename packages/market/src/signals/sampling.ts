import { type Bars, firstBarFrom } from "../bars.ts";

/** Samples that a day needs to count as hourly sampling; a few may be missing. */
const leastHoursOfDay = 18;

/** Whether the sampling up to this hourly bar is hourly or finer. */
export function isHourlyAt(hourly: Bars, bar: number): boolean {
  const from = firstBarFrom(hourly, (hourly.slot[bar] as number) - 23, bar + 1);
  return bar - from + 1 >= leastHoursOfDay;
}
