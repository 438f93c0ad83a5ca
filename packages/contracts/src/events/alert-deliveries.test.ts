import { describe, expect, it } from "vitest";
import { AlertDigest, AlertFired, alertDigest, alertFired } from "./alert-deliveries.ts";
import type { CoinSignal } from "./signal-change.ts";

const recipient = { id: "0123456789abcdefghijkl" };
const alertId = "6f0b4d6e-6f9a-4c51-8f7e-0a3f6f1d2c11";

const signal: CoinSignal = {
  episodeId: "bottomed_out:2:2026-03-01T12:00:00.000Z",
  cmcId: 2,
  symbol: "LTC",
  name: "Litecoin",
  signalType: "bottomed_out",
  state: "confirmed",
  previousState: "suspected",
  confidence: 0.8,
  openedAt: "2026-02-28T12:00:00.000Z",
  detectedAt: "2026-03-01T12:00:00.000Z",
  priceUsd: 81.5,
  detectorVersion: "bottomed_out@1",
  marketSource: "coinmarketcap",
  evidence: {
    conditions: [
      { name: "fall_from_peak", value: 0.44, threshold: 0.3, comparison: ">=", met: true, distance: 0.14 },
    ],
    points: [],
    levels: {},
    notes: [],
  },
  record: null,
};

const fired: AlertFired["data"] = {
  alertIds: [alertId],
  signal,
  signalEventId: "signal:bottomed_out:2:2026-03-01T12:00:00.000Z:confirmed",
  changePct24h: 4.2,
  changePct7d: null,
  ageSeconds: 95,
};

describe("alertFired", () => {
  const event = alertFired(recipient, fired);

  it("is one event of the recipient and the change, which subscribers parse and SNS filters", () => {
    const id = `alert:${recipient.id}:${fired.signalEventId}`;
    const { json, ...rest } = event;
    expect({ ...rest, body: JSON.parse(json), text: null }).toEqual({
      topic: "alert.deliveries",
      id,
      groupId: null,
      body: {
        specversion: "1.0",
        id,
        source: "/vibe-charting/alerts",
        type: "alerts.fired",
        subject: "LTC",
        time: signal.detectedAt,
        datacontenttype: "application/json",
        data: fired,
      },
      text: null,
      attributes: {
        type: { dataType: "String", value: "alerts.fired" },
        recipient: { dataType: "String", value: recipient.id },
        symbol: { dataType: "String", value: "LTC" },
        signal_type: { dataType: "String", value: "bottomed_out" },
        state: { dataType: "String", value: "confirmed" },
      },
    });
    expect(AlertFired.parse(JSON.parse(event.json))).toEqual(JSON.parse(event.json));
  });

  it("says in an e-mail what happened, why, at what price, how old that is and how to stop", () => {
    expect(event.text?.email.split("\n")).toEqual([
      "Litecoin (LTC): bottomed out is confirmed.",
      "Price $81.50, +4.2% in 24 hours.",
      "Confidence 80%. Seen 2026-03-01 12:00 UTC; the episode began 2026-02-28 12:00 UTC and was suspected before.",
      "",
      "Why:",
      "- fall from the peak: 44% (meets at least 30%)",
      "",
      "Record of this kind of signal: 0 are 7 days old, too few for a rate.",
      "Data: prices of 2026-03-01 12:00 UTC, 2 minutes old when this was sent.",
      `You get this for the alert ${alertId}.`,
      `To stop: DELETE /alerts/${alertId} with your API key, or the unsubscribe link of this e-mail, which ends all alerts to you.`,
      "Episode bottomed_out:2:2026-03-01T12:00:00.000Z, detector bottomed_out@1. This is an observation, not advice.",
    ]);
  });
});

describe("alertDigest", () => {
  const change = {
    signalEventId: fired.signalEventId,
    episodeId: signal.episodeId,
    signalType: "bottomed_out" as const,
    state: "confirmed" as const,
    stateNow: "resolved" as const,
    confidence: 0.8,
    detectedAt: signal.detectedAt,
    priceUsd: 81.5,
  };
  const data: AlertDigest["data"] = {
    alertIds: [alertId],
    coins: [
      { symbol: "LTC", name: "Litecoin", changes: [change] },
      {
        symbol: "MARKET",
        name: "The market as a whole",
        changes: [{ ...change, signalType: "market_move", stateNow: "confirmed", priceUsd: null }],
      },
    ],
    omitted: 3,
    marketSource: "demo",
  };
  const event = alertDigest(recipient, data, new Date("2026-03-02T06:00:00Z"));

  it("is one event of the recipient and the time, which subscribers parse", () => {
    expect(event.id).toBe(`digest:${recipient.id}:2026-03-02T06:00:00.000Z`);
    expect(AlertDigest.parse(JSON.parse(event.json))).toEqual(JSON.parse(event.json));
    expect(event.attributes).toEqual({
      type: { dataType: "String", value: "alerts.digest" },
      recipient: { dataType: "String", value: recipient.id },
    });
  });

  it("lists what was held by coin, and what has changed since", () => {
    expect(event.text).toEqual({
      subject: "5 alerts held back: LTC, MARKET [demo market, not live]",
      sms: "5 alerts held back: LTC, MARKET [demo market, not live]",
      email: [
        "While it was quiet, or after the day's last message, this happened [demo market, not live]:",
        "",
        "Litecoin (LTC)",
        "- 2026-03-01 12:00 UTC: bottomed out confirmed, confidence 80% at $81.50; resolved since",
        "",
        "The market as a whole (MARKET)",
        "- 2026-03-01 12:00 UTC: market move confirmed, confidence 80%",
        "",
        "And 3 earlier ones: GET /signals has them.",
        "",
        `You get this for the alert ${alertId}.`,
        `To stop: DELETE /alerts/${alertId} with your API key, or the unsubscribe link of this e-mail, which ends all alerts to you.`,
        "These are observations, not advice.",
      ].join("\n"),
    });
  });
});
