import type { Slots } from "@vibe-charting/contracts";
import { describe, expect, it } from "vitest";
import { needsMemory } from "./needs-memory.ts";
import { noSlots } from "./no-slots.ts";

const reading = (intent: "unknown" | "trend" | "symbol_overview" | "signal", slots: Partial<Slots> = {}) => ({
  intents: [intent],
  slots: { ...noSlots, ...slots },
});

describe("needsMemory", () => {
  it.each([
    "what about last week?",
    "and how about the others",
    "same for this month",
    "is it in an uptrend?",
    "sort them by change",
    "why?",
    "the second one",
  ])("tells that it leans on an earlier question: %s", text => {
    expect(needsMemory(text, reading("unknown"))).toBe(true);
  });

  it.each([
    "which coins bottomed out?",
    "top 5 performers this week",
    "coins that are in an uptrend",
    "what is hot right now",
  ])("lets it stand alone: %s", text => {
    expect(needsMemory(text, reading("trend"))).toBe(false);
  });

  it("lets words that point back at coins of the same question be", () => {
    expect(needsMemory("is it BTC that fell?", reading("symbol_overview", { symbols: ["BTC"] }))).toBe(false);
    expect(
      needsMemory("I hold BTC, skip it, which of them rose", reading("signal", { excludeSymbols: ["BTC"] })),
    ).toBe(false);
  });
});
