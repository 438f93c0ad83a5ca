import { expect, it } from "vitest";
import { someCoin, someTrend } from "../testing/some-coin.ts";
import { describeTrends } from "./coin-card.ts";

it.each([
  ["sideways", 51.8, "sideways over 24h (80% sure: it changed by +51.8%, but in no steady direction)"],
  ["sideways", -12, "sideways over 24h (80% sure: it changed by -12.0%, but in no steady direction)"],
  ["sideways", 9.9, "sideways over 24h (80% sure)"],
  ["uptrend", 51.8, "uptrend over 24h (80% sure)"],
] as const)(
  "a trend that is %s with a change of %d %% is told so that nobody doubts it",
  (type, changePct, words) => {
    const coin = someCoin(1, { trends: someTrend("24h", type, { changePct }) });
    expect(describeTrends(coin)).toBe(`Trends: ${words}.`);
  },
);
