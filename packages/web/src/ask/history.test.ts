import { describe, expect, it } from "vitest";
import { parseHistory, withExchange } from "./history.ts";

const exchange = (question: string, asOf: string | null = "2026-03-18T12:00:00.000Z") => ({
  question,
  answer: "An answer.",
  asOf,
});

describe("parseHistory", () => {
  it("reads what was stored", () => {
    const stored = [exchange("a"), exchange("b", null)];
    expect(parseHistory(JSON.stringify(stored))).toEqual(stored);
  });

  it.each([
    null,
    "",
    "{",
    "7",
    '{"question":"a"}',
    '[{"question":"a"},null,7]',
    '[{"question":"a","answer":"b","asOf":"no time"}]',
  ])("takes %j for no history", text => {
    expect(parseHistory(text)).toEqual([]);
  });
});

describe("withExchange", () => {
  it("puts the latest first, and the same question of the same data once", () => {
    const history = [exchange("a"), exchange("b")];
    expect(withExchange(history, exchange("b"))).toEqual([exchange("b"), exchange("a")]);
    expect(withExchange(history, exchange("a", null))).toHaveLength(3);
  });

  it("forgets the oldest beyond thirty", () => {
    const many = Array.from({ length: 30 }, (_, place) => exchange(`question ${place}`));
    const next = withExchange(many, exchange("new"));
    expect([next.length, next[0]?.question, next.at(-1)?.question]).toEqual([30, "new", "question 28"]);
  });
});
