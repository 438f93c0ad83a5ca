import { z } from "zod";
import { describeRecord } from "../describe-record.ts";
import { Evidence, MarketSource, SignalRecord, SignalState, SignalType } from "../vocabulary.ts";
import { cloudEvent, type OutgoingEvent } from "./cloud-event.ts";

/** What every change of a signal's state tells. */
const change = {
  episodeId: z.string().min(1).describe("The same for every state of one episode."),
  state: SignalState,
  previousState: SignalState.nullable().describe("null when this change opens the episode."),
  confidence: z.number().min(0).max(1),
  openedAt: z.iso.datetime().describe("When the episode was opened, UTC."),
  detectedAt: z.iso.datetime().describe("The observation time of the sample that changed the state, UTC."),
  detectorVersion: z.string().min(1),
  marketSource: MarketSource.describe("Simulated markets are named as such."),
  evidence: Evidence,
};

/** A signal of one coin. */
export const CoinSignal = z.object({
  ...change,
  signalType: SignalType,
  cmcId: z.int().positive(),
  symbol: z.string().min(1),
  name: z.string().min(1),
  priceUsd: z.number().positive().describe("The price at that sample, USD."),
  record: SignalRecord.nullable().describe("How past signals of this kind turned out; null without any."),
});
export type CoinSignal = z.infer<typeof CoinSignal>;

/** The market's own signal: most coins rose or fell together. */
export const MarketSignal = z.object({
  ...change,
  signalType: z.literal("market_move"),
  symbol: z.literal("MARKET"),
  direction: z.enum(["up", "down"]),
  medianChangePct: z.number().describe("Median change of the day over the native coins, per cent."),
  breadth: z.number().min(0).max(1).describe("Share of native coins that rose over the day."),
});
export type MarketSignal = z.infer<typeof MarketSignal>;

/** `signals.detected`: the episode of a signal changed its state. One event for each change, never a repetition. */
export const SignalsDetected = cloudEvent("signals.detected", z.union([CoinSignal, MarketSignal]));
export type SignalsDetected = z.infer<typeof SignalsDetected>;

const signalNames: Readonly<Record<SignalType, string>> = {
  pump_and_dump: "pump and dump",
  bottomed_out: "bottomed out",
  volume_anomaly: "volume anomaly",
  two_highs_one_low: "two highs and one low",
};

/** A signal's name in words. */
export function signalName(type: SignalType): string {
  return signalNames[type];
}

/** The event for one change of a coin's signal. */
export function signalsDetected(data: CoinSignal): OutgoingEvent {
  const subject = `${data.symbol}: ${signalName(data.signalType)} ${data.state}, confidence ${Math.round(data.confidence * 100)} %`;
  const what = `${data.name} (${data.symbol}): ${signalName(data.signalType)} is ${data.state}`;
  return toEvent(data, {
    headline: subject,
    short: `${subject}, $${formatNumber(data.priceUsd)}`,
    opening: [
      `${what}${simulatedNote(data)}.`,
      `Seen at ${data.detectedAt} at $${formatNumber(data.priceUsd)}; the episode was opened at ${data.openedAt}.`,
    ],
    closing: [describeRecord(data.record)],
  });
}

/** The event for one change of a market-wide move. */
export function marketMoved(data: MarketSignal): OutgoingEvent {
  const size = `${data.medianChangePct > 0 ? "+" : ""}${formatNumber(data.medianChangePct)} %`;
  const subject = `Market move ${data.direction} ${data.state}: median coin ${size} in a day`;
  return toEvent(data, {
    headline: subject,
    short: subject,
    opening: [
      `The market as a whole moved ${data.direction}: the median coin ${size} within a day, ${Math.round(data.breadth * 100)} % of the coins rose${simulatedNote(data)}.`,
      `Seen at ${data.detectedAt}; this stands for the coins' own alerts of the day.`,
    ],
    closing: [],
  });
}

type Wording = {
  readonly headline: string;
  readonly short: string;
  readonly opening: readonly string[];
  readonly closing: readonly string[];
};

function toEvent(data: SignalsDetected["data"], wording: Wording): OutgoingEvent {
  const id = `signal:${data.episodeId}:${data.state}`;
  const body: SignalsDetected = {
    specversion: "1.0",
    id,
    source: "/vibe-charting/analysis",
    type: "signals.detected",
    subject: data.symbol,
    time: data.detectedAt,
    datacontenttype: "application/json",
    data,
  };
  return {
    topic: "signals.detected",
    id,
    groupId: null,
    body,
    text: inWords(data, wording),
    attributes: {
      type: { dataType: "String", value: body.type },
      symbol: { dataType: "String", value: data.symbol },
      signal_type: { dataType: "String", value: data.signalType },
      state: { dataType: "String", value: data.state },
      confidence: { dataType: "Number", value: data.confidence.toFixed(3) },
    },
  };
}

function inWords(data: SignalsDetected["data"], wording: Wording): OutgoingEvent["text"] {
  const conditions = data.evidence.conditions.map(
    ({ name, value, comparison, threshold, met }) =>
      `- ${name.replaceAll("_", " ")}: ${formatNumber(value)} (${met ? "meets" : "misses"} ${comparison} ${formatNumber(threshold)})`,
  );
  const email = [
    ...wording.opening,
    "",
    "Evidence:",
    ...conditions,
    ...data.evidence.notes.map(note => `Note: ${note}`),
    "",
    ...wording.closing,
    `Episode ${data.episodeId}, detector ${data.detectorVersion}. This is an observation, not advice.`,
  ].join("\n");
  const note = simulatedNote(data);
  return {
    email,
    sms: cut(wording.short, note, smsLength),
    subject: cut(wording.headline.replaceAll(/[^\x20-\x7e]/g, ""), note, subjectLength),
  };
}

/** Data that is not live is shown as such, in every text. */
function simulatedNote({ marketSource }: Pick<SignalsDetected["data"], "marketSource">): string {
  return marketSource === "coinmarketcap" ? "" : ` [${marketSource} market, not live]`;
}

/** One SMS is 140 bytes; SNS takes e-mail subjects of at most 100 printable ASCII characters. */
const smsLength = 140;
const subjectLength = 100;

/** Cuts the text so that the note after it, which must not be lost, fits too. */
function cut(text: string, note: string, length: number): string {
  return `${text.slice(0, length - note.length)}${note}`;
}

function formatNumber(value: number): string {
  return Number(value.toPrecision(4)).toString();
}
