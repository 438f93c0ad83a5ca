const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"] as const;

/** "23 Nov". */
export function shortDate(iso: string): string {
  const time = new Date(iso);
  return `${time.getUTCDate()} ${months[time.getUTCMonth()]}`;
}

/** "23 Nov 2026, 22:00 UTC". */
export function fullTime(iso: string): string {
  return `${shortDate(iso)} ${new Date(iso).getUTCFullYear()}, ${clockTime(iso)} UTC`;
}

/** "23 Nov, 22:00". */
export function shortTime(iso: string): string {
  return `${shortDate(iso)}, ${clockTime(iso)}`;
}

/** "22:00". */
export function clockTime(iso: string): string {
  return new Date(iso).toISOString().slice(11, 16);
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
