import { expect, it } from "vitest";
import { exampleQuestions } from "./example-questions.ts";

it("asks about the strongest coins and the kind of signal that is open most", () => {
  const coins = [
    { symbol: "PEPE", name: "Pepe" },
    { symbol: "AAVE", name: "Aave" },
  ];
  const signals = [
    { type: "volume_anomaly", state: "resolved" },
    { type: "volume_anomaly", state: "resolved" },
    { type: "bottomed_out", state: "confirmed" },
  ] as const;
  expect(exampleQuestions(coins, signals)).toEqual([
    "What's pumping?",
    "Which coins bottomed out?",
    "How is Pepe doing?",
    "Compare PEPE and AAVE over 30 days",
    "What fell most this week?",
    "5 most volatile coins this month",
  ]);
});

it("asks about what everybody knows before there is data", () => {
  expect(exampleQuestions([], []).slice(1, 4)).toEqual([
    "Any signals this week?",
    "How is Bitcoin doing?",
    "Compare BTC and ETH over 30 days",
  ]);
});
