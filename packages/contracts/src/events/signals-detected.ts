import type { z } from "zod";
import { cloudEvent, type OutgoingEvent } from "./cloud-event.ts";
import { type CoinSignal, type MarketSignal, SignalChange } from "./signal-change.ts";
import { signalText } from "./signal-text.ts";

/** `signals.detected`: the episode of a signal changed its state. One event for each change, never a repetition. */
export const SignalsDetected = cloudEvent("signals.detected", SignalChange);
export type SignalsDetected = z.infer<typeof SignalsDetected>;

/** The event for one change of a coin's signal. */
export function signalsDetected(data: CoinSignal): OutgoingEvent {
  return toEvent(data);
}

/** The event for one change of a market-wide move. */
export function marketMoved(data: MarketSignal): OutgoingEvent {
  return toEvent(data);
}

function toEvent(data: SignalChange): OutgoingEvent {
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
    json: JSON.stringify(body),
    text: signalText(data),
    attributes: {
      type: { dataType: "String", value: body.type },
      symbol: { dataType: "String", value: data.symbol },
      signal_type: { dataType: "String", value: data.signalType },
      state: { dataType: "String", value: data.state },
      confidence: { dataType: "Number", value: data.confidence.toFixed(3) },
    },
  };
}
