import { describe, expect, it } from "vitest";
import { parseScheduleExpression } from "./schedule-expression.ts";

const startMs = Date.UTC(2026, 10, 23, 6, 0);

/** The next occurrences of the expression after the start, as ISO times. */
function occurrences(expression: string, count: number, timezone = "UTC"): string[] {
  const parsed = parseScheduleExpression(expression, { timezone, startMs });
  const times: string[] = [];
  let at: number | undefined = startMs;
  while (times.length < count) {
    at = parsed.next(at);
    if (at === undefined) break;
    times.push(new Date(at).toISOString());
  }
  return times;
}

describe("parseScheduleExpression", () => {
  it.each([
    ["cron(0 12 * * ? *)", ["2026-11-23T12:00:00.000Z", "2026-11-24T12:00:00.000Z"]],
    ["cron(0 3 ? * SUN *)", ["2026-11-29T03:00:00.000Z", "2026-12-06T03:00:00.000Z"]],
    // To AWS, Sunday is 1.
    ["cron(0 3 ? * 1 *)", ["2026-11-29T03:00:00.000Z", "2026-12-06T03:00:00.000Z"]],
    ["cron(0 3 ? * 6#3 *)", ["2026-12-18T03:00:00.000Z", "2027-01-15T03:00:00.000Z"]],
    ["cron(0 0 L * ? *)", ["2026-11-30T00:00:00.000Z", "2026-12-31T00:00:00.000Z"]],
    ["cron(0/30 9 ? * MON-FRI *)", ["2026-11-23T09:00:00.000Z", "2026-11-23T09:30:00.000Z"]],
    ["cron(0 0 1 1 ? 2028)", ["2028-01-01T00:00:00.000Z"]],
    ["rate(15 minutes)", ["2026-11-23T06:15:00.000Z", "2026-11-23T06:30:00.000Z"]],
    ["rate(1 day)", ["2026-11-24T06:00:00.000Z", "2026-11-25T06:00:00.000Z"]],
  ])("reads %s as EventBridge Scheduler does", (expression, expected) => {
    expect(occurrences(expression, 2)).toEqual(expected);
  });

  it("follows the schedule's time zone", () => {
    expect(occurrences("cron(0 12 * * ? *)", 1, "America/New_York")).toEqual(["2026-11-23T17:00:00.000Z"]);
  });

  it.each([
    ["cron(0 12 * * *)", "cron(0 12 * * *) is neither rate(N minutes|hours|days) nor cron() with six fields"],
    ["cron(0 12 * * * *)", 'cron(0 12 * * * *): exactly one of day-of-month and day-of-week has to be "?"'],
    ["rate(0 minutes)", "rate(0 minutes): a rate is at least one"],
    [
      "at(2027-01-01T00:00:00)",
      "at(2027-01-01T00:00:00) is neither rate(N minutes|hours|days) nor cron() with six fields",
    ],
  ])("refuses %s", (expression, message) => {
    expect(() => parseScheduleExpression(expression, { timezone: "UTC", startMs })).toThrow(
      new Error(message),
    );
  });
});
