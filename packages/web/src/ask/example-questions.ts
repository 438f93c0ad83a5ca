import type { QueryResult, Signal, SignalType } from "@vibe-charting/contracts";
import { isOpen } from "../format/words.ts";

const signalQuestions: Readonly<Record<SignalType, string>> = {
  pump_and_dump: "Any pump and dumps right now?",
  bottomed_out: "Which coins bottomed out?",
  volume_anomaly: "Where is volume unusual?",
  two_highs_one_low: "Which coins show a double top?",
};

/** Questions that fit today's market: its strongest coins, and the kind of signal that most coins have. */
export function exampleQuestions(
  strongestFirst: readonly Pick<QueryResult, "symbol" | "name">[],
  signals: readonly Pick<Signal, "type" | "state">[],
): string[] {
  const [first, second] = strongestFirst;
  const open = Map.groupBy(
    signals.filter(({ state }) => isOpen(state)),
    ({ type }) => type,
  );
  const [mostOpen] = [...open].sort(([, a], [, b]) => b.length - a.length);
  return [
    "What's pumping?",
    mostOpen ? signalQuestions[mostOpen[0]] : "Any signals this week?",
    first ? `How is ${first.name} doing?` : "How is Bitcoin doing?",
    first && second
      ? `Compare ${first.symbol} and ${second.symbol} over 30 days`
      : "Compare BTC and ETH over 30 days",
    "What fell most this week?",
    "5 most volatile coins this month",
  ];
}
