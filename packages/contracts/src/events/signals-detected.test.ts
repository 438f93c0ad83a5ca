import { describe, expect, it } from "vitest";
import { MarketSource, SignalState, SignalType } from "../vocabulary.ts";
import type { CoinSignal } from "./signal-change.ts";
import { marketMoved, SignalsDetected, signalsDetected } from "./signals-detected.ts";
import { roomOf } from "./sms-text.ts";

function alert(overrides: Partial<CoinSignal> = {}): CoinSignal {
  return {
    episodeId: "pump_and_dump:5994:2026-03-01T12:00:00.000Z",
    cmcId: 5994,
    symbol: "SHIB",
    name: "Shiba Inu",
    signalType: "pump_and_dump",
    state: "confirmed",
    previousState: "suspected",
    confidence: 0.87654,
    openedAt: "2026-03-01T12:00:00.000Z",
    detectedAt: "2026-03-01T15:00:00.000Z",
    priceUsd: 0.0000123456,
    detectorVersion: "pump_and_dump@1",
    marketSource: "coinmarketcap",
    evidence: {
      conditions: [
        {
          name: "rise_pct_6h",
          value: 41.23456,
          threshold: 25,
          comparison: ">=",
          met: true,
          distance: 16.23456,
        },
      ],
      points: [],
      levels: {},
      notes: ["Spikes within an hour are not seen."],
    },
    record: null,
    ...overrides,
  };
}

const textOf = (data: CoinSignal) => {
  const { text } = signalsDetected(data);
  if (!text) throw new Error("an alert without words");
  return text;
};

describe("signalsDetected", () => {
  it("is a CloudEvent of the coin, in no group, with attributes for filter policies", () => {
    const data = alert();
    const { text: _, json, ...event } = signalsDetected(data);
    const id = "signal:pump_and_dump:5994:2026-03-01T12:00:00.000Z:confirmed";
    expect({ ...event, body: JSON.parse(json) }).toEqual({
      topic: "signals.detected",
      id,
      groupId: null,
      body: {
        specversion: "1.0",
        id,
        source: "/vibe-charting/analysis",
        type: "signals.detected",
        subject: "SHIB",
        time: "2026-03-01T15:00:00.000Z",
        datacontenttype: "application/json",
        data,
      },
      attributes: {
        type: { dataType: "String", value: "signals.detected" },
        symbol: { dataType: "String", value: "SHIB" },
        signal_type: { dataType: "String", value: "pump_and_dump" },
        state: { dataType: "String", value: "confirmed" },
        confidence: { dataType: "Number", value: "0.877" },
      },
    });
  });

  it("has the body that its consumers parse", () => {
    const body = JSON.parse(signalsDetected(alert()).json);
    expect(SignalsDetected.parse(body)).toEqual(body);
  });

  it("bears one id for each state of an episode, whatever the confidence", () => {
    const ids = SignalState.options.map(state => signalsDetected(alert({ state })).id);
    expect(new Set(ids).size).toBe(SignalState.options.length);
    expect(signalsDetected(alert({ confidence: 0.1 })).id).toBe(signalsDetected(alert()).id);
  });

  it("says in an e-mail what happened, on what evidence, and that it is no advice", () => {
    expect(textOf(alert()).email).toBe(
      [
        "Shiba Inu (SHIB): pump and dump is confirmed.",
        "Price $0.00001235.",
        "Confidence 88%. Seen 2026-03-01 15:00 UTC; the episode began 2026-03-01 12:00 UTC and was suspected before.",
        "",
        "Why:",
        "- rise pct 6h: 41 (meets at least 25)",
        "Note: Spikes within an hour are not seen.",
        "",
        "Record of this kind of signal: 0 are 7 days old, too few for a rate.",
        "Episode pump_and_dump:5994:2026-03-01T12:00:00.000Z, detector pump_and_dump@1. This is an observation, not advice.",
      ].join("\n"),
    );
  });

  it("says it short in an SMS and in the e-mail's subject", () => {
    const { sms, subject } = textOf(alert());
    expect({ sms, subject }).toEqual({
      sms: "SHIB: pump and dump confirmed, confidence 88%, $0.00001235",
      subject: "SHIB: pump and dump confirmed, confidence 88%",
    });
  });

  const longest = { symbol: "W".repeat(50), priceUsd: 0.000000123456, confidence: 1 };
  it.each(
    SignalType.options.flatMap(signalType =>
      SignalState.options.flatMap(state =>
        MarketSource.options.map(marketSource => ({ signalType, state, marketSource })),
      ),
    ),
  )("keeps to SNS's limits for the longest $signalType $state of $marketSource", kind => {
    const { sms, subject } = textOf(alert({ ...longest, ...kind }));
    expect(roomOf(sms)).toBeLessThanOrEqual(160);
    expect(subject).toMatch(/^[\x20-\x7e]{1,100}$/);
    // Simulated data is never shown as real, however little room there is.
    const note = kind.marketSource === "coinmarketcap" ? "" : `[${kind.marketSource} market, not live]`;
    expect([sms.endsWith(note), subject.endsWith(note)]).toEqual([true, true]);
  });

  it.each(["狗狗币", "A\nSubject: other", "\u0001"])(
    "makes a subject of the symbol %j that SNS takes",
    symbol => {
      expect(textOf(alert({ symbol })).subject).toMatch(/^[\x21-\x7e][\x20-\x7e]{0,99}$/);
    },
  );

  it("tells the record of its kind, with the interval and the ordinary days", () => {
    const ordinary = { count: 900, hitRate: 0.48, medianChangePct: 0.1 };
    const horizon = {
      horizonDays: 7,
      count: 40,
      hits: 26,
      hitRate: 0.65,
      interval: [0.495, 0.779] as [number, number],
    };
    const horizons = [{ ...horizon, medianChangePct: -4, ordinary, lift: 1.35 }];
    const record = {
      type: "pump_and_dump",
      claim: "falls",
      horizons,
      asOf: "2026-03-01T15:00:00.000Z",
    } as const;
    expect(textOf(alert({ record: { ...record, horizons } })).email).toContain(
      "7 days later the price was lower in 65 % of 40 cases (95 % interval 50 % to 78 %), against 48 % on ordinary days.",
    );
  });
});

describe("marketMoved", () => {
  it("is an event about the market, which consumers parse and filter by", () => {
    const { json, attributes, text } = marketMoved({
      ...alert({ marketSource: "demo" }),
      episodeId: "market_move:2026-03-01T15:00:00.000Z",
      signalType: "market_move",
      symbol: "MARKET",
      previousState: null,
      direction: "down",
      medianChangePct: -11.2,
      breadth: 0.04,
    });
    expect(SignalsDetected.parse(JSON.parse(json)).data).toMatchObject({
      symbol: "MARKET",
      direction: "down",
      breadth: 0.04,
    });
    expect(attributes.signal_type).toEqual({ dataType: "String", value: "market_move" });
    expect(text?.subject).toBe(
      "Market move down confirmed: median coin -11.2% in a day [demo market, not live]",
    );
  });
});
