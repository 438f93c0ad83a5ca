import { z } from "zod";
import { price, share, time } from "../format-figures.ts";
import { AlertSignalType } from "../http/alerts.ts";
import { SignalState } from "../vocabulary.ts";
import { cloudEvent, type OutgoingEvent } from "./cloud-event.ts";
import { SignalChange, signalName } from "./signal-change.ts";
import { signalText, simulatedNote, subjectText } from "./signal-text.ts";
import { smsText } from "./sms-text.ts";

const alertIds = z.array(z.uuid()).min(1).describe("The recipient's alerts that ask for this.");

/** `alerts.fired`: what a recipient asked to be told has happened. */
export const AlertFired = cloudEvent(
  "alerts.fired",
  z.object({
    alertIds,
    signal: SignalChange,
    signalEventId: z.string().min(1).describe("The id of the `signals.detected` that it is about."),
    changePct24h: z.number().nullable().describe("Change of the coin's price up to the signal, per cent."),
    changePct7d: z.number().nullable(),
    ageSeconds: z.number().nonnegative().describe("How old the price was when this was sent."),
  }),
);
export type AlertFired = z.infer<typeof AlertFired>;

const DigestChange = z.object({
  signalEventId: z.string(),
  episodeId: z.string(),
  signalType: AlertSignalType,
  state: SignalState,
  stateNow: SignalState.describe("The state that the episode is in when the digest is sent."),
  confidence: z.number(),
  detectedAt: z.iso.datetime(),
  priceUsd: z.number().nullable().describe("null for the market as a whole."),
});

/** `alerts.digest`: what was held back in quiet hours or above the daily cap, grouped by coin. */
export const AlertDigest = cloudEvent(
  "alerts.digest",
  z.object({
    alertIds,
    coins: z.array(z.object({ symbol: z.string(), name: z.string(), changes: z.array(DigestChange).min(1) })),
    omitted: z.int().nonnegative().describe("Changes that found no room, the oldest ones."),
    marketSource: SignalChange.options[0].shape.marketSource,
  }),
);
export type AlertDigest = z.infer<typeof AlertDigest>;

type Recipient = { readonly id: string };
const howToStop = (ids: readonly string[]) => [
  `You get this for the alert${ids.length === 1 ? "" : "s"} ${ids.join(", ")}.`,
  `To stop: DELETE /alerts/${ids[0]} with your API key, or the unsubscribe link of this e-mail, which ends all alerts to you.`,
];

/** The event that tells a recipient of one change of a signal. */
export function alertFired(recipient: Recipient, data: AlertFired["data"]): OutgoingEvent {
  const { signal } = data;
  const id = `alert:${recipient.id}:${data.signalEventId}`;
  const body: AlertFired = {
    specversion: "1.0",
    id,
    source: "/vibe-charting/alerts",
    type: "alerts.fired",
    subject: signal.symbol,
    time: signal.detectedAt,
    datacontenttype: "application/json",
    data,
  };
  const closing = [
    `Data: prices of ${time(new Date(signal.detectedAt))}, ${age(data.ageSeconds)} old when this was sent.`,
    ...howToStop(data.alertIds),
  ];
  const changes = { past24h: data.changePct24h, past7d: data.changePct7d };
  return {
    topic: "alert.deliveries",
    id,
    groupId: null,
    json: JSON.stringify(body),
    text: signalText(signal, { changes, closing }),
    attributes: {
      type: { dataType: "String", value: body.type },
      recipient: { dataType: "String", value: recipient.id },
      symbol: { dataType: "String", value: signal.symbol },
      signal_type: { dataType: "String", value: signal.signalType },
      state: { dataType: "String", value: signal.state },
    },
  };
}

/** The event that tells a recipient at once what was held back; `sentAt` makes its id. */
export function alertDigest(recipient: Recipient, data: AlertDigest["data"], sentAt: Date): OutgoingEvent {
  const id = `digest:${recipient.id}:${sentAt.toISOString()}`;
  const body: AlertDigest = {
    specversion: "1.0",
    id,
    source: "/vibe-charting/alerts",
    type: "alerts.digest",
    subject: "DIGEST",
    time: sentAt.toISOString(),
    datacontenttype: "application/json",
    data,
  };
  const count = data.omitted + data.coins.reduce((sum, { changes }) => sum + changes.length, 0);
  const symbols = data.coins.map(({ symbol }) => symbol).join(", ");
  const headline = `${count} alert${count === 1 ? "" : "s"} held back: ${symbols}`;
  const note = simulatedNote(data);
  const email = [
    `While it was quiet, or after the day's last message, this happened${note}:`,
    ...data.coins.flatMap(({ symbol, name, changes }) => [
      "",
      `${name} (${symbol})`,
      ...changes.map(changeLine),
    ]),
    ...(data.omitted > 0 ? ["", `And ${data.omitted} earlier ones: GET /signals has them.`] : []),
    "",
    ...howToStop(data.alertIds),
    "These are observations, not advice.",
  ].join("\n");
  return {
    topic: "alert.deliveries",
    id,
    groupId: null,
    json: JSON.stringify(body),
    text: { email, sms: smsText(headline, note), subject: subjectText(headline, note) },
    attributes: {
      type: { dataType: "String", value: body.type },
      recipient: { dataType: "String", value: recipient.id },
    },
  };
}

function changeLine(change: AlertDigest["data"]["coins"][number]["changes"][number]): string {
  const at = change.priceUsd === null ? "" : ` at ${price(change.priceUsd)}`;
  const since = change.stateNow === change.state ? "" : `; ${change.stateNow} since`;
  return `- ${time(new Date(change.detectedAt))}: ${signalName(change.signalType)} ${change.state}, confidence ${share(change.confidence)}${at}${since}`;
}

const minuteSeconds = 60;
const hourSeconds = 60 * minuteSeconds;

function age(seconds: number): string {
  const [size, unit] = seconds < 2 * hourSeconds ? [minuteSeconds, "minute"] : [hourSeconds, "hour"];
  const number = Math.round(seconds / size);
  return `${number} ${unit}${number === 1 ? "" : "s"}`;
}
