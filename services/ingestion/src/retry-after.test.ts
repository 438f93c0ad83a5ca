import { expect, it } from "vitest";
import { readRetryAfter } from "./retry-after.ts";

it.each([
  ["30", 30_000],
  ["0.5", 500],
  ["Sun, 01 Mar 2026 12:01:30 GMT", 90_000],
  ["Sun, 01 Mar 2026 11:00:00 GMT", null],
  ["0", null],
  ["-5", null],
  ["soon", null],
  ["", null],
  [undefined, null],
])("Retry-After: %s asks for %j ms", (value, waitMs) => {
  expect(readRetryAfter(value, new Date("2026-03-01T12:00:00Z"))).toBe(waitMs);
});
