export const hourMs = 3_600_000;
export const dayMs = 24 * hourMs;

/** The first moment of the UTC day that is `days` after (before, if negative) the one of `now`. */
export function startOfDay(now: Date, days = 0): Date {
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate() + days));
}

export function sinceSlot(day: Date): string {
  return `since:${day.toISOString().slice(0, 10)}`;
}

/** The window of so many hours as the slot writes it: hours below two days, days from there on. */
export function rollingSlot(hours: number): string {
  if (hours < 48) return `${Math.max(1, Math.round(hours))}h`;
  return `${Math.round(hours / 24)}d`;
}

/** The last such weekday before today, or today's when `orToday`; Sunday is 0. */
export function lastWeekday(now: Date, weekday: number, orToday = false): Date {
  const back = (now.getUTCDay() - weekday + 7) % 7;
  return startOfDay(now, -(back === 0 && !orToday ? 7 : back));
}

/** The latest such day of the year that is not after today; `month` 0 is January. */
export function lastDate(now: Date, month: number, day: number): Date {
  const thisYear = Date.UTC(now.getUTCFullYear(), month, day);
  return thisYear <= now.getTime()
    ? new Date(thisYear)
    : new Date(Date.UTC(now.getUTCFullYear() - 1, month, day));
}
