import { describe, expect, it } from "vitest";
import { draftOf, emptyDraft, toAlertRequest } from "./alert-request.ts";

describe("toAlertRequest", () => {
  it("leaves out what was left open", () => {
    expect(toAlertRequest({ ...emptyDraft({}), address: " trader@example.com " })).toEqual({
      recipient: { channel: "email", address: "trader@example.com" },
      filter: {},
      dailyCap: 10,
    });
  });

  it("asks for what the list of signals was narrowed to, and what was filled in", () => {
    const draft = emptyDraft({ symbol: "BTC", type: "pump_and_dump", minConfidence: "0.7" });
    expect(
      toAlertRequest({
        ...draft,
        channel: "https",
        address: "https://example.com/hook",
        symbols: `${draft.symbols}, ETH sol`,
        signalTypes: [...draft.signalTypes, "market_move"],
        states: "every",
        hasQuietHours: true,
        timeZone: "Europe/Berlin",
        dailyCap: "3",
      }),
    ).toEqual({
      recipient: { channel: "https", url: "https://example.com/hook" },
      filter: {
        symbols: ["BTC", "ETH", "sol"],
        signalTypes: ["pump_and_dump", "market_move"],
        states: ["suspected", "forming", "confirmed", "rejected", "failed", "resolved"],
        minConfidence: 0.7,
      },
      dailyCap: 3,
      quietHours: { from: "22:00", to: "07:00", timeZone: "Europe/Berlin" },
    });
  });

  it("gives back the request that an answer proposes", () => {
    const proposed = {
      filter: { symbols: ["BTC", "ETH"], signalTypes: ["bottomed_out" as const], minConfidence: 0.65 },
      dailyCap: 4,
    };
    expect(toAlertRequest({ ...draftOf(proposed), address: "a@example.com" })).toEqual({
      ...proposed,
      recipient: { channel: "email", address: "a@example.com" },
    });
  });

  it("names a queue by its ARN", () => {
    const queueArn = "arn:aws:sqs:us-east-2:111122223333:alerts";
    expect(toAlertRequest({ ...emptyDraft({}), channel: "sqs", address: queueArn }).recipient).toEqual({
      channel: "sqs",
      queueArn,
    });
  });
});
