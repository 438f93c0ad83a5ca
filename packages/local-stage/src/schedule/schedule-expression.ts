import { Cron } from "croner";

/** Times at which a schedule falls due. */
export type Occurrences = {
  /** The first occurrence after the time, or nothing when there is none. */
  next(afterMs: number): number | undefined;
};

const UNIT_MS = { minute: 60_000, hour: 3_600_000, day: 86_400_000 } as const;

/** Reads EventBridge Scheduler's `cron(...)` (six fields, `?`, Sunday = 1) and `rate(...)`; throws on anything else. */
export function parseScheduleExpression(
  expression: string,
  options: { timezone: string; startMs: number },
): Occurrences {
  const rate = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(expression.trim());
  if (rate !== null) {
    // The expression above admits exactly these units.
    const periodMs = Number(rate[1]) * UNIT_MS[rate[2] as keyof typeof UNIT_MS];
    if (periodMs === 0) throw new Error(`${expression}: a rate is at least one`);
    return {
      next: afterMs => {
        const elapsed = Math.max(0, afterMs - options.startMs);
        return options.startMs + (Math.floor(elapsed / periodMs) + 1) * periodMs;
      },
    };
  }
  const cron = /^cron\((.+)\)$/.exec(expression.trim())?.[1]?.trim().split(/\s+/);
  if (cron === undefined || cron.length !== 6) {
    throw new Error(`${expression} is neither rate(N minutes|hours|days) nor cron() with six fields`);
  }
  if ((cron[2] === "?") === (cron[4] === "?")) {
    throw new Error(`${expression}: exactly one of day-of-month and day-of-week has to be "?"`);
  }
  // croner takes "?" for "the current value"; to AWS it is "any".
  const pattern = ["0", ...cron.map(field => (field === "?" ? "*" : field))].join(" ");
  const job = new Cron(pattern, {
    mode: "7-part",
    alternativeWeekdays: true,
    sloppyRanges: true,
    timezone: options.timezone,
    paused: true,
  });
  return { next: afterMs => job.nextRun(new Date(afterMs))?.getTime() };
}
