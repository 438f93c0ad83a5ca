import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dayStart, nextDayStart, quietUntil } from "./quiet-time.ts";

const night = { from: "22:00", to: "07:00" };
const berlin = { ...night, timeZone: "Europe/Berlin" };

describe("quietUntil", () => {
  it.each([
    ["before midnight", berlin, "2026-01-15T21:00:00Z", "2026-01-16T06:00:00.000Z"],
    ["after midnight", berlin, "2026-01-16T03:00:00Z", "2026-01-16T06:00:00.000Z"],
    ["at its first moment", berlin, "2026-01-15T21:00:00Z", "2026-01-16T06:00:00.000Z"],
    ["a moment before it", berlin, "2026-01-15T20:59:59Z", null],
    ["at its end", berlin, "2026-01-16T06:00:00Z", null],
    ["in the middle of the day", berlin, "2026-01-16T12:00:00Z", null],
    ["in summer, an hour earlier by UTC", berlin, "2026-07-15T20:30:00Z", "2026-07-16T05:00:00.000Z"],
    [
      "within one day",
      { from: "12:00", to: "13:00", timeZone: "UTC" },
      "2026-01-16T12:30:00Z",
      "2026-01-16T13:00:00.000Z",
    ],
    [
      "outside of hours within one day",
      { from: "12:00", to: "13:00", timeZone: "UTC" },
      "2026-01-16T23:30:00Z",
      null,
    ],
    [
      "all day but a minute",
      { from: "07:00", to: "06:59", timeZone: "UTC" },
      "2026-01-16T06:58:00Z",
      "2026-01-16T06:59:00.000Z",
    ],
    [
      "east of UTC by 5:45",
      { ...night, timeZone: "Asia/Kathmandu" },
      "2026-01-15T16:20:00Z",
      "2026-01-16T01:15:00.000Z",
    ],
    // On 29 March 2026, Berlin goes from 02:00 to 03:00; on 25 October from 03:00 back to 02:00.
    ["through the short night of spring", berlin, "2026-03-28T22:00:00Z", "2026-03-29T05:00:00.000Z"],
    ["through the long night of autumn", berlin, "2026-10-24T21:00:00Z", "2026-10-25T06:00:00.000Z"],
    [
      "to a time that spring leaves out",
      { ...berlin, to: "02:30" },
      "2026-03-28T23:00:00Z",
      "2026-03-29T01:30:00.000Z",
    ],
    [
      "to the first of two equal times in autumn",
      { ...berlin, to: "02:30" },
      "2026-10-24T23:00:00Z",
      "2026-10-25T00:30:00.000Z",
    ],
    ["between two equal times in autumn", { ...berlin, to: "02:30" }, "2026-10-25T00:45:00Z", null],
    [
      "to the second of two equal times",
      { ...berlin, to: "02:30" },
      "2026-10-25T01:15:00Z",
      "2026-10-25T01:30:00.000Z",
    ],
    [
      "from a time that spring leaves out",
      { from: "02:30", to: "04:00", timeZone: "Europe/Berlin" },
      "2026-03-29T01:00:00Z",
      "2026-03-29T02:00:00.000Z",
    ],
    // On 6 September 2026, Santiago goes from 00:00 to 01:00.
    [
      "to a midnight that is left out",
      { from: "20:00", to: "00:15", timeZone: "America/Santiago" },
      "2026-09-06T03:30:00Z",
      "2026-09-06T04:15:00.000Z",
    ],
  ])("holds %s", (_what, hours, now, until) => {
    expect(quietUntil(hours, new Date(now))?.toISOString() ?? null).toBe(until);
  });

  it("ends later than now, within a day and its changed clock, and is not quiet at its end", () => {
    const minute = fc.integer({ min: 0, max: 1_439 });
    const zone = fc.constantFrom(
      "UTC",
      "Europe/Berlin",
      "America/New_York",
      "America/Santiago",
      "Australia/Lord_Howe",
      "Asia/Kolkata",
    );
    const clock = (minutes: number) =>
      `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
    const instant = fc.date({
      min: new Date("2026-01-01"),
      max: new Date("2027-12-31"),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(minute, minute, zone, instant, (from, to, timeZone, now) => {
        fc.pre(from !== to);
        const hours = { from: clock(from), to: clock(to), timeZone };
        const until = quietUntil(hours, now);
        if (until === null) return;
        expect(until.getTime()).toBeGreaterThan(now.getTime());
        expect(until.getTime() - now.getTime()).toBeLessThanOrEqual(25 * 3_600_000);
        expect(quietUntil(hours, until)).toBeNull();
      }),
      { seed: 7, numRuns: 2_000 },
    );
  });
});

describe("a day in a time zone", () => {
  it.each([
    ["UTC", "2026-03-29T12:00:00Z", "2026-03-29T00:00:00.000Z", "2026-03-30T00:00:00.000Z"],
    ["Europe/Berlin", "2026-03-29T12:00:00Z", "2026-03-28T23:00:00.000Z", "2026-03-29T22:00:00.000Z"],
    ["Europe/Berlin", "2026-10-25T12:00:00Z", "2026-10-24T22:00:00.000Z", "2026-10-25T23:00:00.000Z"],
    ["Asia/Tokyo", "2026-03-29T15:00:00Z", "2026-03-29T15:00:00.000Z", "2026-03-30T15:00:00.000Z"],
    ["America/Santiago", "2026-09-06T12:00:00Z", "2026-09-06T04:00:00.000Z", "2026-09-07T03:00:00.000Z"],
  ])("of %s at %s begins and ends with its own midnight", (zone, now, start, next) => {
    expect(
      [dayStart(new Date(now), zone), nextDayStart(new Date(now), zone)].map(at => at.toISOString()),
    ).toEqual([start, next]);
  });
});
