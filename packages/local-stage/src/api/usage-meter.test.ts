import { expect, it } from "vitest";
import { createUsageMeter } from "./usage-meter.ts";
import type { UsagePlan } from "./usage-plan-reader.ts";

const plan = (overrides: Partial<UsagePlan>): UsagePlan => ({
  id: "plan",
  throttle: undefined,
  quota: undefined,
  keys: [
    { id: "key-1", value: "first" },
    { id: "key-2", value: "second" },
  ],
  ...overrides,
});
const monday = Date.UTC(2026, 10, 23, 23, 59);

it("admits the keys of a plan and nobody else", () => {
  const admit = createUsageMeter([plan({})]);
  expect([admit("second", 0), admit("third", 0), admit(undefined, 0)]).toEqual([
    { kind: "admitted", apiKeyId: "key-2" },
    { kind: "forbidden" },
    { kind: "forbidden" },
  ]);
});

it("admits the burst at once, then the rate, each key by itself", () => {
  const admit = createUsageMeter([plan({ throttle: { ratePerSecond: 2, burst: 3 } })]);
  const kinds = [0, 0, 0, 0, 400, 500, 900].map(ms => admit("first", ms).kind);
  expect([kinds, admit("second", 0).kind]).toEqual([
    ["admitted", "admitted", "admitted", "throttled", "throttled", "admitted", "throttled"],
    "admitted",
  ]);
});

it.each([
  ["DAY", Date.UTC(2026, 10, 24)],
  ["WEEK", Date.UTC(2026, 10, 29)],
  ["MONTH", Date.UTC(2026, 11, 1)],
] as const)("ends a quota at the end of the %s in UTC", (period, nextMs) => {
  const admit = createUsageMeter([plan({ quota: { limit: 2, period } })]);
  const kinds = [monday, monday, monday, nextMs - 1, nextMs].map(ms => admit("first", ms).kind);
  expect(kinds).toEqual(["admitted", "admitted", "quota-exceeded", "quota-exceeded", "admitted"]);
});
