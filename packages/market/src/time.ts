export const hourMs = 3_600_000;
export const dayMs = 24 * hourMs;

/** How far back a step may look: the caller's window of samples, and the limit of every detector's memory. */
export const lookbackDays = 91;

export function isoTime(at: number): string {
  return new Date(at).toISOString();
}

/** Longest window of daily bars that a detector may use: the look-back less what judging its first step takes. */
export const longestWindowDays = 86;
