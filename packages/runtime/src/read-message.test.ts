import { PricesIngested, pricesIngested } from "@vibe-charting/contracts";
import { describe, expect, it } from "vitest";
import { readMessage } from "./read-message.ts";

const event = pricesIngested({
  cmcId: 1,
  symbol: "BTC",
  from: "2026-03-01T12:00:00.000Z",
  to: "2026-03-01T12:00:00.000Z",
  reason: "listing",
});
const body = JSON.parse(event.json);

describe("readMessage", () => {
  it("gives the event", () => {
    expect(readMessage(JSON.stringify(body), PricesIngested)).toEqual({ kind: "event", event: body });
  });

  it.each(["", "{", "no JSON", '{"specversion":"1.0"'])("cannot read %j, and says why", text => {
    expect(readMessage(text, PricesIngested)).toEqual({
      kind: "unreadable",
      reason: "the body is not JSON",
    });
  });

  it.each([
    ["nothing", null],
    ["another event", { ...body, type: "signals.detected" }],
    ["another version", { ...body, specversion: "2.0" }],
    ["an event without data", { ...body, data: undefined }],
    ["an event of no coin", { ...body, data: { cmcId: 0 } }],
    ["256 KiB of something else", { note: "x".repeat(256 * 1024) }],
  ])("cannot read %s, and names what is wrong in few words", (_, json) => {
    const message = readMessage(JSON.stringify(json), PricesIngested);
    expect(message).toEqual({
      kind: "unreadable",
      reason: expect.stringMatching(/^the body is not the expected event: /),
    });
    expect(JSON.stringify(message).length).toBeLessThan(2_000);
  });
});
