import type { AlertRequest, AlertSignalType, SignalState } from "@vibe-charting/contracts";

export type AlertChannel = AlertRequest["recipient"]["channel"];

/** What the form for an alert holds: text as it was typed. */
export type AlertDraft = {
  readonly channel: AlertChannel;
  readonly address: string;
  readonly signalTypes: readonly AlertSignalType[];
  /** Only the claim itself, or every change: that it is suspected, and how it ends. */
  readonly states: "confirmed" | "every";
  readonly minConfidence: string;
  readonly symbols: string;
  readonly hasQuietHours: boolean;
  readonly quietFrom: string;
  readonly quietTo: string;
  readonly timeZone: string;
  readonly dailyCap: string;
};

const everyState: readonly SignalState[] = [
  "suspected",
  "forming",
  "confirmed",
  "rejected",
  "failed",
  "resolved",
];

/** The usual number of messages in a day, as the API has it. */
const usualDailyCap = "10";

/** A form with nothing typed, for what a list of signals is narrowed to. */
export function emptyDraft(filter: {
  readonly symbol?: string;
  readonly type?: string;
  readonly minConfidence?: string;
}): AlertDraft {
  const type = alertTypes.find(known => known === filter.type);
  return {
    channel: "email",
    address: "",
    signalTypes: type ? [type] : [],
    states: "confirmed",
    minConfidence: filter.minConfidence ?? "",
    symbols: filter.symbol ?? "",
    hasQuietHours: false,
    quietFrom: "22:00",
    quietTo: "07:00",
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    dailyCap: usualDailyCap,
  };
}

/** A form for what an answer proposes, which lacks the recipient. */
export function draftOf({ filter = {}, dailyCap }: Omit<AlertRequest, "recipient">): AlertDraft {
  const empty = emptyDraft({});
  return {
    ...empty,
    symbols: filter.symbols?.join(", ") ?? "",
    signalTypes: filter.signalTypes ?? [],
    minConfidence: filter.minConfidence === undefined ? "" : String(filter.minConfidence),
    dailyCap: dailyCap === undefined ? empty.dailyCap : String(dailyCap),
  };
}

export const alertTypes = [
  "pump_and_dump",
  "bottomed_out",
  "volume_anomaly",
  "two_highs_one_low",
  "market_move",
] as const satisfies readonly AlertSignalType[];

/** The request that a filled form stands for; what is left open is left out. The API says what is wrong with it. */
export function toAlertRequest(draft: AlertDraft): AlertRequest {
  const symbols = draft.symbols.split(/[\s,]+/).filter(symbol => symbol !== "");
  return {
    recipient: toRecipient(draft.channel, draft.address.trim()),
    filter: {
      ...(symbols.length > 0 && { symbols }),
      ...(draft.signalTypes.length > 0 && { signalTypes: [...draft.signalTypes] }),
      ...(draft.states === "every" && { states: [...everyState] }),
      ...(draft.minConfidence !== "" && { minConfidence: Number(draft.minConfidence) }),
    },
    dailyCap: Number(draft.dailyCap),
    ...(draft.hasQuietHours && {
      quietHours: { from: draft.quietFrom, to: draft.quietTo, timeZone: draft.timeZone },
    }),
  };
}

function toRecipient(channel: AlertChannel, address: string): AlertRequest["recipient"] {
  switch (channel) {
    case "email":
      return { channel, address };
    case "https":
      return { channel, url: address };
    case "sqs":
      return { channel, queueArn: address };
  }
}
