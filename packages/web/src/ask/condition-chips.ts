import { signalNames, trendNames } from "../format/words.ts";
import type { Chip } from "./chip.ts";
import { composeQuestion, type Reading } from "./compose-question.ts";
import { listOf, signalList, trendList } from "./slot-lists.ts";

const trendTypes = ["uptrend", "downtrend", "sideways"] as const;
const signalTypes = ["pump_and_dump", "bottomed_out", "volume_anomaly", "two_highs_one_low"] as const;

/** The trend and the signal that a list's coins have, or that named coins are asked for. */
export function conditionChips(reading: Reading): Chip[] {
  const { intents, negated } = reading;
  const trends = trendList(reading);
  const signals = signalList(reading);
  const isList = !intents.includes("symbol_overview");
  // A list without its only condition would be another list than the one asked for.
  const canGo = !isList || intents.length > 1;
  const with_ = (part: Partial<Reading>) => composeQuestion({ ...reading, ...part });
  const anySignal = { name: "Any", question: with_({ signal: null }) };
  const chips: (Chip | false)[] = [
    trends.length > 0 && {
      id: "trend",
      label: negated ? "Not in" : "Trend",
      value: listOf(trends.map(trend => trendNames[trend])),
      options: trendTypes.map(trend => ({ name: trendNames[trend], question: with_({ trend }) })),
      without: canGo ? with_(without(reading, "trend")) : null,
    },
    (signals.length > 0 || intents.includes("signal")) && {
      id: "signal",
      label: negated ? "Without" : "Signal",
      value: signals.length === 0 ? "Any" : listOf(signals.map(signal => signalNames[signal])),
      options: [
        ...(isList ? [anySignal] : []),
        ...signalTypes.map(signal => ({ name: signalNames[signal], question: with_({ signal }) })),
      ],
      without: canGo ? with_(without(reading, "signal")) : null,
    },
  ];
  return chips.filter(chip => chip !== false);
}

/** What changes in a reading with a condition taken out: what only that condition had goes with it. */
function without(reading: Reading, condition: "trend" | "signal"): Partial<Reading> {
  const intents = reading.intents.filter(intent => intent !== condition);
  const rest = { ...reading, [condition]: null };
  const stillAsked =
    trendList(rest).length + signalList(rest).length > 0 ||
    intents.includes("trend") ||
    intents.includes("signal");
  return { [condition]: null, intents, ...(stillAsked ? {} : { minConfidence: null, negated: false }) };
}
