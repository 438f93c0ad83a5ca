import { describe, expect, it } from "vitest";
import { readWindow } from "./read-window.ts";

const now = new Date("2026-03-18T12:00:00Z");

describe("readWindow", () => {
  it.each([
    ["24h", "2026-03-17T12:00:00.000Z"],
    ["7d", "2026-03-11T12:00:00.000Z"],
    ["since:2026-03-14", "2026-03-14T00:00:00.000Z"],
  ])("starts %s at %s and ends it now", (timeframe, from) => {
    expect(readWindow(timeframe, now, "30d")).toEqual({ from: new Date(from), to: now });
  });

  it("reads the fallback where no time was asked for", () => {
    expect(readWindow(null, now, "90d")).toEqual({ from: new Date("2025-12-18T12:00:00Z"), to: now });
  });

  it("has an empty window for a day that is still to come", () => {
    expect(readWindow("since:2026-03-19", now, "24h")).toEqual({ from: now, to: now });
  });

  it.each(["", "0h", "7w", "since:2026-13-01", "d7"])("refuses %j, which is no timeframe", timeframe => {
    expect(() => readWindow(timeframe, now, "24h")).toThrow(RangeError);
  });
});
