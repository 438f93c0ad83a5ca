import { describe, expect, it } from "vitest";
import { helpText, refusal } from "./replies.ts";

describe("refusal", () => {
  it("names a few of the words that were not understood, and what can be asked", () => {
    const sentence = refusal({ notUnderstood: ["zorblax", "b", "c", "d"] });
    expect(sentence).toMatch(/^That is .*"zorblax", "b", "c"\); ask about trends .* the whole market\.$/);
  });

  it("is one sentence", () => {
    expect(refusal({ notUnderstood: [] }).match(/[.!](\s|$)/g)).toHaveLength(1);
  });
});

describe("helpText", () => {
  it("defines the term that is asked about", () => {
    expect([helpText("how is volatility calculated?"), helpText("what is a pump and dump")]).toEqual([
      expect.stringContaining("standard deviation"),
      expect.stringContaining("pump and dump"),
    ]);
  });

  it("says what can be asked where no term is named", () => {
    expect(helpText("hi")).toContain("Ask about trends");
  });
});
