import { expect, it } from "vitest";
import { daysToLoad } from "./days-to-load.ts";

it("loads the days that are asked for where the stage keeps them", () => {
  expect(daysToLoad(90, 90)).toEqual({ days: 90, notice: null });
  expect(daysToLoad(7, 90)).toEqual({ days: 7, notice: null });
});

it("loads no more days than the stage keeps, and says what to do about it", () => {
  expect(daysToLoad(365, 90)).toEqual({
    days: 90,
    notice: expect.stringMatching(
      /keeps prices for 90 days.* not 365\. To keep more, set VIBE_RETENTION_DAYS/,
    ),
  });
});
