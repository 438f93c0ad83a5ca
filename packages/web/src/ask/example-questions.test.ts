import { expect, it } from "vitest";
import { exampleQuestions } from "./example-questions.ts";

const pepe = { symbol: "PEPE", changePct: 12.34 };
const aave = { symbol: "AAVE", changePct: 1 };
const shib = { symbol: "SHIB", changePct: -6 };

it("asks about the kinds of signal that are open most, the ends of the market, and where most of it went", () => {
  const signals = [
    { type: "volume_anomaly", state: "resolved" },
    { type: "volume_anomaly", state: "confirmed" },
    { type: "bottomed_out", state: "confirmed" },
    { type: "bottomed_out", state: "suspected" },
    { type: "pump_and_dump", state: "rejected" },
  ] as const;
  expect(exampleQuestions([pepe, aave, shib], signals)).toEqual([
    { question: "Which coins bottomed out?", reason: "2 open" },
    { question: "Where is volume unusual?", reason: "1 open" },
    { question: "How is PEPE doing?", reason: "+12.3%" },
    { question: "Compare PEPE and SHIB over 30 days", reason: "strongest and weakest" },
    { question: "Top 5 performers today", reason: "2 of 3 rose" },
  ]);
});

it("asks what fell where most coins did, and for any signals where none is open", () => {
  const falling = [aave, shib, { symbol: "ADA", changePct: -9 }];
  expect(exampleQuestions(falling, [])).toEqual([
    { question: "Any signals this week?", reason: "none open" },
    { question: "How is AAVE doing?", reason: "+1.0%" },
    { question: "Compare AAVE and ADA over 30 days", reason: "strongest and weakest" },
    { question: "What fell most today?", reason: "2 of 3 fell" },
  ]);
});
