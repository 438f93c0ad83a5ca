import { z } from "zod";
import { Evidence, MarketSource, SignalState, SignalType } from "../vocabulary.ts";
import { cloudEvent, type OutgoingEvent } from "./cloud-event.ts";

/** `signals.detected`: the episode of a signal changed its state. One event for each change, never a repetition. */
export const SignalsDetected = cloudEvent(
  "signals.detected",
  z.object({
    episodeId: z.string().min(1).describe("The same for every state of one episode."),
    cmcId: z.int().positive(),
    symbol: z.string().min(1),
    name: z.string().min(1),
    signalType: SignalType,
    state: SignalState,
    previousState: SignalState.nullable().describe("null when this change opens the episode."),
    confidence: z.number().min(0).max(1),
    openedAt: z.iso.datetime().describe("When the episode was opened, UTC."),
    detectedAt: z.iso.datetime().describe("The observation time of the sample that changed the state, UTC."),
    priceUsd: z.number().positive().describe("The price at that sample, USD."),
    detectorVersion: z.string().min(1),
    marketSource: MarketSource.describe("Simulated markets are named as such."),
    evidence: Evidence,
  }),
);
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

/** The event for one change of a signal's state. */
export function signalsDetected(data: SignalsDetected["data"]): OutgoingEvent {
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
    text: describeSignal(data),
    attributes: {
      type: { dataType: "String", value: body.type },
      symbol: { dataType: "String", value: data.symbol },
      signal_type: { dataType: "String", value: data.signalType },
      state: { dataType: "String", value: data.state },
      confidence: { dataType: "Number", value: data.confidence.toFixed(3) },
    },
  };
}

function describeSignal(data: SignalsDetected["data"]): OutgoingEvent["text"] {
  const simulated = data.marketSource === "coinmarketcap" ? "" : ` [${data.marketSource} market, not live]`;
  const headline = `${data.symbol}: ${signalName(data.signalType)} ${data.state}, confidence ${Math.round(data.confidence * 100)} %`;
  const conditions = data.evidence.conditions.map(
    ({ name, value, comparison, threshold, met }) =>
      `- ${name.replaceAll("_", " ")}: ${formatNumber(value)} (${met ? "meets" : "misses"} ${comparison} ${formatNumber(threshold)})`,
  );
  const email = [
    `${data.name} (${data.symbol}): ${signalName(data.signalType)} is ${data.state}${simulated}.`,
    `Seen at ${data.detectedAt} at $${formatNumber(data.priceUsd)}; the episode was opened at ${data.openedAt}.`,
    "",
    "Evidence:",
    ...conditions,
    ...data.evidence.notes.map(note => `Note: ${note}`),
    "",
    `Episode ${data.episodeId}, detector ${data.detectorVersion}. This is an observation, not advice.`,
  ].join("\n");
  return {
    email,
    sms: cut(`${headline}, $${formatNumber(data.priceUsd)}`, simulated, smsLength),
    subject: cut(headline.replaceAll(/[^\x20-\x7e]/g, ""), simulated, subjectLength),
  };
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
