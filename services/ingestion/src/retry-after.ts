/** The wait that a Retry-After header asks for, in ms: a number of seconds or a date (RFC 9110, 10.2.3). */
export function readRetryAfter(value: unknown, now: Date): number | null {
  if (typeof value !== "string" || value.trim() === "") return null;
  const seconds = Number(value);
  const waitMs = Number.isNaN(seconds) ? Date.parse(value) - now.getTime() : seconds * 1_000;
  return Number.isFinite(waitMs) && waitMs > 0 ? waitMs : null;
}
