import { expect, it } from "vitest";
import { redact } from "./redact.ts";

it.each([
  ["top gainers this week", "top gainers this week"],
  ["I am at jane.doe@example.org", "I am at [redacted]"],
  ["from 192.168.0.12 or fe80:0:0:0:1::2", "from [redacted] or [redacted]"],
  ["key sk_live_0123456789abcdef please", "key [redacted] please"],
  ["0x52908400098527886E0F7030069857D2E4169EE7 balance", "[redacted] balance"],
  ["a\u0000b", "ab"],
])("keeps %j as %j", (text, kept) => {
  expect(redact(text)).toBe(kept);
});

it("caps what is kept", () => {
  expect(redact("very long ".repeat(100))).toHaveLength(500);
});
