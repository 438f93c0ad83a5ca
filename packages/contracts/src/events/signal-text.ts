import { conditionWords } from "../condition-words.ts";
import { describeRecord } from "../describe-record.ts";
import { percent, price, share, time } from "../format-figures.ts";
import type { Condition } from "../vocabulary.ts";
import { type SignalChange, signalName } from "./signal-change.ts";
import { smsText } from "./sms-text.ts";

/** The words of a message, for subscribers that read them: e-mail and SMS. */
export type MessageText = { readonly email: string; readonly sms: string; readonly subject: string };

/** What is known beside the signal itself. */
export type SignalContext = {
  /** Changes of the coin's price up to the signal, per cent; null where no price stands at their start. */
  readonly changes?: { readonly past24h: number | null; readonly past7d: number | null };
  /** Lines about the data's age, why this comes and how to stop it. */
  readonly closing?: readonly string[];
};

/** One change of a signal in words: what happened, at what price, why, and how such signals turned out before. */
export function signalText(signal: SignalChange, { changes, closing = [] }: SignalContext = {}): MessageText {
  const headline = headlineOf(signal);
  const note = simulatedNote(signal);
  const short = "priceUsd" in signal ? `${headline}, ${price(signal.priceUsd)}` : headline;
  const email = [
    `${opening(signal)}${note}.`,
    ...("priceUsd" in signal ? [priceLine(signal.priceUsd, changes)] : []),
    `Confidence ${share(signal.confidence)}. Seen ${time(new Date(signal.detectedAt))}; the episode began ${time(new Date(signal.openedAt))}${signal.previousState === null ? "" : ` and was ${signal.previousState} before`}.`,
    "",
    "Why:",
    ...signal.evidence.conditions.map(conditionLine),
    ...signal.evidence.notes.map(text => `Note: ${text}`),
    "",
    ...("record" in signal ? [describeRecord(signal.record)] : []),
    ...closing,
    `Episode ${signal.episodeId}, detector ${signal.detectorVersion}. This is an observation, not advice.`,
  ].join("\n");
  return { email, sms: smsText(short, note), subject: subjectText(headline, note) };
}

/** A signal's change in few words: `SHIB: pump and dump confirmed, confidence 88%`. */
function headlineOf(signal: SignalChange): string {
  return "direction" in signal
    ? `Market move ${signal.direction} ${signal.state}: median coin ${percent(signal.medianChangePct)} in a day`
    : `${signal.symbol}: ${signalName(signal.signalType)} ${signal.state}, confidence ${share(signal.confidence)}`;
}

/** SNS takes subjects of at most 100 printable ASCII characters that begin with no space. */
const subjectLength = 100;

/** An e-mail's subject, cut so that the note after it, which must not be lost, fits. */
export function subjectText(text: string, note = ""): string {
  const printable = text.replaceAll(/[^\x20-\x7e]/g, "");
  return `${printable.slice(0, subjectLength - note.length)}${note}`;
}

/** Data that is not live is shown as such, in every text. */
export function simulatedNote({ marketSource }: Pick<SignalChange, "marketSource">): string {
  return marketSource === "coinmarketcap" ? "" : ` [${marketSource} market, not live]`;
}

function opening(signal: SignalChange): string {
  return "direction" in signal
    ? `The market as a whole moved ${signal.direction} (${signal.state}): the median coin ${percent(signal.medianChangePct)} within a day, ${share(signal.breadth)} of the coins rose. This stands for the coins' own alerts of the day`
    : `${signal.name} (${signal.symbol}): ${signalName(signal.signalType)} is ${signal.state}`;
}

function priceLine(priceUsd: number, changes: SignalContext["changes"]): string {
  const known = [
    { change: changes?.past24h ?? null, over: "24 hours" },
    { change: changes?.past7d ?? null, over: "7 days" },
  ].flatMap(({ change, over }) => (change === null ? [] : [`${percent(change)} in ${over}`]));
  return `${[`Price ${price(priceUsd)}`, ...known].join(", ")}.`;
}

function conditionLine(condition: Condition): string {
  const { what, value, threshold } = conditionWords(condition);
  const asked = condition.comparison === ">=" ? "at least" : "at most";
  return `- ${what}: ${value} (${condition.met ? "meets" : "misses"} ${asked} ${threshold})`;
}
