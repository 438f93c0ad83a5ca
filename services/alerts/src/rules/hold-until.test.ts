import { describe, expect, it } from "vitest";
import { holdUntil } from "./hold-until.ts";

const night = { from: "22:00", to: "07:00", timeZone: "Europe/Berlin" };

describe("holdUntil", () => {
  it.each([
    ["under the cap, by day", { dailyCap: 3, quietHours: null }, "2026-01-15T12:00:00Z", 2, null],
    ["at the cap", { dailyCap: 3, quietHours: null }, "2026-01-15T12:00:00Z", 3, "2026-01-16T00:00:00.000Z"],
    [
      "above the cap",
      { dailyCap: 3, quietHours: null },
      "2026-01-15T12:00:00Z",
      9,
      "2026-01-16T00:00:00.000Z",
    ],
    [
      "under the cap, at night",
      { dailyCap: 3, quietHours: night },
      "2026-01-15T22:00:00Z",
      0,
      "2026-01-16T06:00:00.000Z",
    ],
    [
      "under the cap, by day, with quiet hours",
      { dailyCap: 3, quietHours: night },
      "2026-01-15T12:00:00Z",
      2,
      null,
    ],
    [
      "at the cap, whose next day begins at night",
      { dailyCap: 3, quietHours: night },
      "2026-01-15T12:00:00Z",
      3,
      "2026-01-16T06:00:00.000Z",
    ],
    [
      "at the cap, in the small hours",
      { dailyCap: 3, quietHours: night },
      "2026-01-15T02:00:00Z",
      3,
      "2026-01-16T06:00:00.000Z",
    ],
    [
      "at the cap, quiet at noon",
      { dailyCap: 3, quietHours: { from: "12:00", to: "14:00", timeZone: "UTC" } },
      "2026-01-15T13:00:00Z",
      3,
      "2026-01-16T00:00:00.000Z",
    ],
  ])("%s", (_what, limits, now, sentToday, until) => {
    expect(holdUntil(limits, new Date(now), sentToday)?.toISOString() ?? null).toBe(until);
  });
});
