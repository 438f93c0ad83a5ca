import type { MarketResponse, Signal, SignalType } from "@vibe-charting/contracts";
import { change } from "../format/numbers.ts";
import { isOpen } from "../format/words.ts";

/** A question, and what of today's market it came from; without data there is no reason. */
export type ExampleQuestion = { readonly question: string; readonly reason: string | null };

const signalQuestions: Readonly<Record<SignalType, string>> = {
  pump_and_dump: "What's pumping?",
  bottomed_out: "Which coins bottomed out?",
  volume_anomaly: "Where is volume unusual?",
  two_highs_one_low: "Which coins show a double top?",
};
const mostKinds = 2;

/**
 * Questions that have something to tell today: of the kinds of signal that are open, the coins that moved most, and
 * the side that most coins moved to. `moved` has the strongest coin first.
 */
export function exampleQuestions(
  moved: readonly Pick<MarketResponse["coins"][number], "symbol" | "changePct">[],
  signals: readonly Pick<Signal, "type" | "state">[],
): ExampleQuestion[] {
  return [...signalExamples(signals), ...moveExamples(moved)];
}

/** What can be asked of any market, where today's is not known. */
export const anyDayQuestions: readonly ExampleQuestion[] = [
  "What's pumping?",
  "How is Bitcoin doing?",
  "Compare BTC and ETH over 30 days",
  "5 most volatile coins this month",
].map(question => ({ question, reason: null }));

function signalExamples(signals: readonly Pick<Signal, "type" | "state">[]): ExampleQuestion[] {
  const open = Map.groupBy(
    signals.filter(({ state }) => isOpen(state)),
    ({ type }) => type,
  );
  if (open.size === 0) return [{ question: "Any signals this week?", reason: "none open" }];
  return [...open]
    .sort(([, a], [, b]) => b.length - a.length)
    .slice(0, mostKinds)
    .map(([type, { length }]) => ({ question: signalQuestions[type], reason: `${length} open` }));
}

function moveExamples(
  moved: readonly Pick<MarketResponse["coins"][number], "symbol" | "changePct">[],
): ExampleQuestion[] {
  const [strongest] = moved;
  const weakest = moved.at(-1);
  if (strongest === undefined || weakest === undefined || moved.length < 2) return [];
  const rose = moved.filter(({ changePct }) => (changePct ?? 0) > 0).length;
  const fell = moved.filter(({ changePct }) => (changePct ?? 0) < 0).length;
  return [
    { question: `How is ${strongest.symbol} doing?`, reason: change(strongest.changePct) },
    {
      question: `Compare ${strongest.symbol} and ${weakest.symbol} over 30 days`,
      reason: "strongest and weakest",
    },
    fell > rose
      ? { question: "What fell most today?", reason: `${fell} of ${moved.length} fell` }
      : { question: "Top 5 performers today", reason: `${rose} of ${moved.length} rose` },
  ];
}
