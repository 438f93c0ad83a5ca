import { hourMs } from "./calendar.ts";

export type Window = { from: Date; to: Date };

const hoursPerUnit: Readonly<Record<string, number>> = { h: 1, d: 24 };

/**
 * The exact bounds of a timeframe slot, UTC: a rolling window ends at `now`; `since:YYYY-MM-DD` starts with that
 * day. `fallback` is read in place of null. Throws a RangeError for anything else, which no reading contains.
 */
export function readWindow(timeframe: string | null, now: Date, fallback: string): Window {
  const slot = timeframe ?? fallback;
  const since = /^since:(\d{4}-\d{2}-\d{2})$/.exec(slot);
  if (since) {
    const from = new Date(`${since[1]}T00:00:00.000Z`);
    if (!Number.isNaN(from.getTime())) return { from: from > now ? now : from, to: now };
  }
  const rolling = /^(\d{1,6})([hd])$/.exec(slot);
  const hours = Number(rolling?.[1]) * (hoursPerUnit[rolling?.[2] ?? ""] ?? Number.NaN);
  if (!(hours > 0)) {
    throw new RangeError(
      `"${slot}" is no timeframe; write hours ("24h"), days ("7d") or "since:2026-03-14".`,
    );
  }
  return { from: new Date(now.getTime() - hours * hourMs), to: now };
}
