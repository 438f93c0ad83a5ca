import type { QuietHours } from "@vibe-charting/contracts";
import { Temporal } from "temporal-polyfill";

/** The end of the quiet hours that a time lies in; null where it lies in none. Both follow the clock on the wall. */
export function quietUntil({ from, to, timeZone }: QuietHours, now: Date): Date | null {
  const local = localTime(now, timeZone);
  const [start, end] = [Temporal.PlainTime.from(from), Temporal.PlainTime.from(to)];
  const time = local.toPlainTime();
  const isAfterStart = Temporal.PlainTime.compare(time, start) >= 0;
  const isBeforeEnd = Temporal.PlainTime.compare(time, end) < 0;
  const passesMidnight = Temporal.PlainTime.compare(start, end) > 0;
  if (passesMidnight ? !isAfterStart && !isBeforeEnd : !isAfterStart || !isBeforeEnd) return null;
  const today = local.toPlainDate();
  const ends = [today, today.add({ days: 1 })].flatMap(date =>
    momentsOf(date.toPlainDateTime(end), timeZone),
  );
  const next = ends.filter(endMs => endMs > now.getTime()).sort((a, b) => a - b)[0];
  if (next === undefined)
    throw new Error(`Quiet hours to ${to} in ${timeZone} have no end after ${now.toISOString()}`);
  return new Date(next);
}

/** When the day of a time began, in a time zone. */
export function dayStart(now: Date, timeZone: string): Date {
  return new Date(localTime(now, timeZone).startOfDay().epochMilliseconds);
}

/** When the day after that of a time begins, in a time zone. */
export function nextDayStart(now: Date, timeZone: string): Date {
  return new Date(localTime(now, timeZone).add({ days: 1 }).startOfDay().epochMilliseconds);
}

/** A time of an autumn night may come twice; one that a spring night lacks is the moment as far after its gap. */
function momentsOf(at: Temporal.PlainDateTime, timeZone: string): readonly number[] {
  const earlier = at.toZonedDateTime(timeZone, { disambiguation: "earlier" });
  const later = at.toZonedDateTime(timeZone, { disambiguation: "later" });
  const isInGap = !earlier.toPlainDateTime().equals(at);
  return (isInGap ? [later] : [earlier, later]).map(({ epochMilliseconds }) => epochMilliseconds);
}

function localTime(at: Date, timeZone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(timeZone);
}
