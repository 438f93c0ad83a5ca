import { expect, it } from "vitest";
import { snsFilterPolicy } from "./sns-filter-policy.ts";

it("lets through what the list's filters do", () => {
  expect(
    snsFilterPolicy({ symbol: "BTC", type: "pump_and_dump", state: "confirmed", minConfidence: "0.6" }),
  ).toEqual({
    type: ["signals.detected"],
    symbol: ["BTC"],
    signal_type: ["pump_and_dump"],
    state: ["confirmed"],
    confidence: [{ numeric: [">=", 0.6] }],
  });
});

it("lets every signal through without filters", () => {
  expect(snsFilterPolicy({})).toEqual({ type: ["signals.detected"] });
});
