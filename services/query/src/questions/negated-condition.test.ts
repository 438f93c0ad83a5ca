import { expect, it } from "vitest";
import { negatedCondition } from "./negated-condition.ts";

const both = { trend: "uptrend", signal: "volume_anomaly" } as const;

it.each([
  ["uptrend coins with no volume spike", both, "signal"],
  ["coins not in an uptrend with a volume spike", both, "trend"],
  ["volume spikes on coins that aren't in an uptrend", both, "trend"],
  ["uptrend coins that haven't had unusual volume", both, "signal"],
  ["not in an uptrend", { trend: "uptrend", signal: null }, "trend"],
  ["coins without a volume spike", { trend: null, signal: "volume_anomaly" }, "signal"],
  ["coins without any signals", { trend: null, signal: null }, "signal"],
] as const)("%s", (text, slots, condition) => {
  expect(negatedCondition(text, { trend: slots.trend, signal: slots.signal })).toBe(condition);
});
