import type { QuietHours } from "@vibe-charting/contracts";
import { nextDayStart, quietUntil } from "./quiet-time.ts";

export type DeliveryLimits = { readonly dailyCap: number; readonly quietHours: QuietHours | null };

/** The time zone of an alert's day. */
export function dayZone({ quietHours }: Pick<DeliveryLimits, "quietHours">): string {
  return quietHours?.timeZone ?? "UTC";
}

/**
 * Until when a message is held back, by the quiet hours and the daily cap; null where it may go at once. What is
 * above the cap waits for the next day, and for the end of quiet hours that this falls into.
 */
export function holdUntil(limits: DeliveryLimits, now: Date, sentToday: number): Date | null {
  const { dailyCap, quietHours } = limits;
  const quietEnd = quietHours && quietUntil(quietHours, now);
  if (sentToday < dailyCap) return quietEnd;
  const nextDay = nextDayStart(now, dayZone(limits));
  const release = quietEnd && quietEnd > nextDay ? quietEnd : nextDay;
  return (quietHours && quietUntil(quietHours, release)) ?? release;
}
