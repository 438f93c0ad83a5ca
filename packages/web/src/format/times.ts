const utc = { timeZone: "UTC" } as const;
const day = new Intl.DateTimeFormat("en-GB", { ...utc, day: "numeric", month: "short" });
const dayAndYear = new Intl.DateTimeFormat("en-GB", {
  ...utc,
  day: "numeric",
  month: "short",
  year: "numeric",
});
const clock = new Intl.DateTimeFormat("en-GB", { ...utc, hour: "2-digit", minute: "2-digit" });

/** "23 Nov". */
export function shortDate(iso: string): string {
  return day.format(new Date(iso));
}

/** "23 Nov 2026, 22:00 UTC". */
export function fullTime(iso: string): string {
  const time = new Date(iso);
  return `${dayAndYear.format(time)}, ${clock.format(time)} UTC`;
}

/** "23 Nov, 22:00". */
export function shortTime(iso: string): string {
  const time = new Date(iso);
  return `${day.format(time)}, ${clock.format(time)}`;
}

/** "22:00". */
export function clockTime(iso: string): string {
  return clock.format(new Date(iso));
}

/** "3 hours", "2 days": the distance of two times, rounded down. */
export function distance(fromIso: string, toIso: string): string {
  const minutes = Math.max(0, Math.floor((Date.parse(toIso) - Date.parse(fromIso)) / 60_000));
  if (minutes < 60) return plural(minutes, "minute");
  if (minutes < 48 * 60) return plural(Math.floor(minutes / 60), "hour");
  return plural(Math.floor(minutes / (24 * 60)), "day");
}

export function plural(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? "" : "s"}`;
}
