import { stripVTControlCharacters } from "node:util";
import type { QueryResponse } from "@vibe-charting/contracts";
import { describe, expect, it } from "vitest";
import { renderAnswer } from "./query-table.ts";

const response: QueryResponse = {
  queryId: "6f9619ff-8b86-4d11-b42d-00c04fc964ff",
  answer:
    "The 2 strongest of 2 coins over the past 7 days: SOL +20.0% to $200.00; X\u001b[31m +1.0% to $0.01.",
  interpretation: {
    intents: ["performance"],
    symbols: [],
    excludeSymbols: ["@stablecoins"],
    timeframe: "7d",
    limit: 2,
    trend: null,
    signal: null,
    direction: "best",
    minChangePct: null,
    maxRank: null,
    minConfidence: null,
    minMarketCap: null,
    negated: false,
    window: { from: "2026-03-11T00:00:00.000Z", to: "2026-03-18T00:00:00.000Z" },
    confidence: 0.97,
    notUnderstood: ["pls"],
  },
  results: [
    { symbol: "SOL", name: "Solana", cmcId: 4, rank: 1, price: 200, changePct: 20 },
    { symbol: "X", name: "Ex\u001b[31m", cmcId: 5, rank: null, price: 0.01, changePct: 1 },
  ],
  coverage: { evaluated: 2, skipped: [], asOf: "2026-03-18T00:00:00.000Z", stale: false, source: "demo" },
};

describe("renderAnswer", () => {
  const lines = (width: number) => stripVTControlCharacters(renderAnswer(response, width)).split("\n");

  it("shows the answer, a table with the columns that say something, and the reading", () => {
    expect(lines(200)).toEqual([
      "The 2 strongest of 2 coins over the past 7 days: SOL +20.0% to $200.00; X[31m +1.0% to $0.01.",
      "",
      "┌───┬──────┬────────┬──────┬─────────┬─────────┐",
      "│ # │ Coin │ Name   │ Rank │   Price │  Change │",
      "├───┼──────┼────────┼──────┼─────────┼─────────┤",
      "│ 1 │ SOL  │ Solana │    1 │ $200.00 │ +20.00% │",
      "│ 2 │ X    │ Ex[31m │      │   $0.01 │  +1.00% │",
      "└───┴──────┴────────┴──────┴─────────┴─────────┘",
      "",
      "Read as: performance; excludeSymbols @stablecoins; timeframe 7d; limit 2; direction best; 2026-03-11 00:00 to 2026-03-18 00:00 UTC; 97% sure; not understood: pls",
      "",
    ]);
  });

  it("wraps text to the terminal's width", () => {
    const text = lines(40).filter(line => !/[│┌├└]/.test(line));
    expect(Math.max(...text.map(line => line.length))).toBeLessThanOrEqual(40);
  });
});
