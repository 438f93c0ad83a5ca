import { describe, expect, it } from "vitest";
import { coinSignal, marketSignal } from "../../test/signals.ts";
import { matches } from "./matches.ts";

const ltc = { symbols: ["LTC"] };

describe("matches", () => {
  it.each([
    ["everything that is confirmed", {}, null, true],
    ["the coin", ltc, [2], true],
    ["another coin", { symbols: ["BTC"] }, [1], false],
    ["another coin of the same symbol", ltc, [99], false],
    ["the signal", { signalTypes: ["bottomed_out" as const] }, null, true],
    ["another signal", { signalTypes: ["volume_anomaly" as const] }, null, false],
    ["the state", { states: ["confirmed" as const, "resolved" as const] }, null, true],
    ["another state", { states: ["suspected" as const] }, null, false],
    ["the confidence that it has", { minConfidence: 0.8 }, null, true],
    ["a higher confidence", { minConfidence: 0.81 }, null, false],
  ])("of a coin's signal: an alert for %s", (_what, filter, cmcIds, is) => {
    expect(matches({ filter, cmcIds }, coinSignal())).toBe(is);
  });

  it("tells of a suspicion only where it is asked for", () => {
    const suspected = coinSignal({ state: "suspected" });
    expect(matches({ filter: {}, cmcIds: null }, suspected)).toBe(false);
    expect(matches({ filter: { states: ["suspected"] }, cmcIds: null }, suspected)).toBe(true);
  });

  it.each([
    ["everything", {}, null, true],
    ["a coin", ltc, [2], false],
    ["a coin's signals", { ...ltc, signalTypes: ["bottomed_out" as const] }, [2], false],
    ["other signals", { signalTypes: ["bottomed_out" as const] }, null, false],
    ["moves of the market", { signalTypes: ["market_move" as const] }, null, true],
    [
      "a coin, and moves of the market",
      { ...ltc, signalTypes: ["bottomed_out" as const, "market_move" as const] },
      [2],
      true,
    ],
  ])("of a move of the market: an alert for %s", (_what, filter, cmcIds, is) => {
    expect(matches({ filter, cmcIds }, marketSignal())).toBe(is);
  });
});
