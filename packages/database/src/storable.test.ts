import { describe, expect, it } from "vitest";
import { storableJson, storableText } from "./storable.ts";

describe("storableText", () => {
  it("puts a mark in the place of what PostgreSQL's text does not have", () => {
    expect(storableText("B\u0000D \ud800 \u{1f680}")).toBe("B\u{fffd}D \u{fffd} \u{1f680}");
  });
});

describe("storableJson", () => {
  it("does so in every text of a value, and leaves the rest as it is", () => {
    const details = { rejected: [{ symbol: "B\u0000D", position: 8 }], publishError: null };
    expect(storableJson(details)).toEqual({
      rejected: [{ symbol: "B\u{fffd}D", position: 8 }],
      publishError: null,
    });
  });
});
