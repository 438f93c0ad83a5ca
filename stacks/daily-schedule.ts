/** When something runs, the same way on each day: what EventBridge Scheduler is told, and how far the runs are apart. */
export type DailySchedule = {
  expression: `rate(${string})` | `cron(${string})`;
  shortestGapMinutes: number;
  longestGapMinutes: number;
};

const minutesPerDay = 24 * 60;
const minutesOf = new Map([
  ["minute", 1],
  ["hour", 60],
  ["day", minutesPerDay],
]);

/**
 * Reads `rate(5 minutes)` or a cron expression that is the same on each day, such as `cron(0 12 * * ? *)`;
 * nothing when it is neither.
 */
export function readDailySchedule(expression: string): DailySchedule | undefined {
  const [, rate] = /^rate\((.+)\)$/.exec(expression) ?? [];
  if (rate !== undefined) {
    const [, count, unit = "", plural] = /^([1-9]\d*) (minute|hour|day)(s)?$/.exec(rate) ?? [];
    // AWS wants the plural of everything but one, and says so only when the schedule is made.
    if ((count === "1") === (plural !== undefined)) return undefined;
    const gap = Number(count) * (minutesOf.get(unit) ?? Number.NaN);
    if (Number.isNaN(gap)) return undefined;
    return { expression: `rate(${rate})`, shortestGapMinutes: gap, longestGapMinutes: gap };
  }
  const [, cron = ""] = /^cron\((.+)\)$/.exec(expression) ?? [];
  const [, minuteField, hourField] = /^(\S+) (\S+) (?:\* \* \?|\? \* \*) \*$/.exec(cron) ?? [];
  const minutes = valuesOf(minuteField, 60);
  const hours = valuesOf(hourField, 24);
  if (!minutes || !hours) return undefined;
  const runs = hours.flatMap(hour => minutes.map(minute => hour * 60 + minute));
  const firstOfNextDay = Math.min(...runs) + minutesPerDay;
  const gaps = runs.map((run, index) => (runs[index + 1] ?? firstOfNextDay) - run);
  return {
    expression: `cron(${cron})`,
    shortestGapMinutes: Math.min(...gaps),
    longestGapMinutes: Math.max(...gaps),
  };
}

/** The values of a cron field of lists, ranges and steps, in order; nothing when it is malformed. */
function valuesOf(field: string | undefined, limit: number): number[] | undefined {
  const values = new Set<number>();
  for (const part of field?.split(",") ?? []) {
    const [, first, last, step] = /^(\*|\d+)(?:-(\d+))?(?:\/([1-9]\d*))?$/.exec(part) ?? [];
    if (first === undefined) return undefined;
    const from = first === "*" ? 0 : Number(first);
    const to = last !== undefined ? Number(last) : first === "*" || step !== undefined ? limit - 1 : from;
    // A step over the whole field is a slip: `0/30` of hours is once a day, and not each half hour.
    if (from > to || to >= limit || Number(step ?? 1) >= limit) return undefined;
    for (let value = from; value <= to; value += Number(step ?? 1)) values.add(value);
  }
  return values.size > 0 ? [...values].sort((one, other) => one - other) : undefined;
}
