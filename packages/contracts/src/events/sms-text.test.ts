import { describe, expect, it } from "vitest";
import { roomOf, smsText } from "./sms-text.ts";

describe("smsText", () => {
  it("leaves a text of the alphabet as it is", () => {
    expect(smsText("BTC: bottomed out confirmed, confidence 80%, $60,000")).toBe(
      "BTC: bottomed out confirmed, confidence 80%, $60,000",
    );
  });

  it.each([
    ["狗狗币 up", "??? up"],
    ["a\nb\u0001c", "a?b?c"],
    ["it’s 🚀", "it?s ?"],
  ])("puts a question mark for each letter of %j that would halve the room", (text, sent) => {
    expect(smsText(text)).toBe(sent);
  });

  it.each([
    ["letters", "W".repeat(400)],
    ["letters that take the room of two", "€".repeat(400)],
    ["rockets", "🚀".repeat(400)],
  ])("cuts %s to one message, and never the note after them", (_what, text) => {
    const sms = smsText(text, " [demo market, not live]");
    expect(sms).toMatch(/ \[demo market, not live\]$/);
    expect(roomOf(sms)).toBeLessThanOrEqual(160);
    expect(roomOf(sms)).toBeGreaterThanOrEqual(159);
  });
});
