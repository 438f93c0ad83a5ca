import type { Intent, Slots } from "@vibe-charting/contracts";
import { describe, expect, it } from "vitest";
import { noSlots } from "./no-slots.ts";
import { makePlan } from "./plan.ts";

const now = new Date("2026-03-18T12:00:00Z");
const plan = (intents: Intent[], slots: Partial<Slots> = {}, text = "") =>
  makePlan({ intents, slots: { ...noSlots, ...slots } }, text, now);

describe("makePlan", () => {
  it.each<[Intent[], string, string]>([
    [["performance"], "the past 24 hours", "2026-03-17T12:00:00.000Z"],
    [["trend"], "the past 7 days", "2026-03-11T12:00:00.000Z"],
    [["volatility"], "the past 30 days", "2026-02-16T12:00:00.000Z"],
    [["signal"], "the past 7 days", "2026-03-11T12:00:00.000Z"],
    [["trend", "performance"], "the past 24 hours", "2026-03-17T12:00:00.000Z"],
    [["market_overview"], "the past 24 hours", "2026-03-17T12:00:00.000Z"],
  ])("measures %s over its usual window, up to the listing", (intents, words, from) => {
    const { window, windowWords, hasWindow } = plan(intents);
    expect({ from: window.from.toISOString(), to: window.to, windowWords, hasWindow }).toEqual({
      from,
      to: now,
      windowWords: words,
      hasWindow: false,
    });
  });

  it("reads trends over the timeframe asked for, and says where it takes the nearest", () => {
    const [exact, near] = [plan(["trend"], { timeframe: "30d" }), plan(["trend"], { timeframe: "14d" })];
    expect([exact.trendTimeframe, exact.timeframeNote]).toEqual(["30d", null]);
    expect([near.trendTimeframe, near.timeframeNote]).toEqual([
      "7d",
      "Trends and volatility are kept over 24 hours and 7, 30 and 90 days: the 7-day ones are the nearest to what was asked.",
    ]);
  });

  it("keeps trend and volatility at their own usual timeframes where none is asked for", () => {
    const { trendTimeframe, volatilityTimeframe } = plan(["trend", "volatility"]);
    expect({ trendTimeframe, volatilityTimeframe }).toEqual({
      trendTimeframe: "7d",
      volatilityTimeframe: "30d",
    });
  });

  it("takes the coin of a list for what it is measured against, and of a comparison for its subject", () => {
    expect(plan(["performance"], { symbols: ["BTC"] }).benchmark).toBe("BTC");
    expect(plan(["compare", "performance"], { symbols: ["BTC", "ETH"] }).benchmark).toBeNull();
  });

  it("compares by volatility where the text or the direction says so", () => {
    expect(plan(["compare"], {}, "btc vs eth volatility").comparesVolatility).toBe(true);
    expect(plan(["compare"], { direction: "low" }).comparesVolatility).toBe(true);
    expect(plan(["compare"], { direction: "best" }, "btc or eth").comparesVolatility).toBe(false);
  });
});
