import { type Condition, closedSignalStates, conditionWords } from "@vibe-charting/contracts";
import type { EpisodeRow } from "@vibe-charting/database";
import type { SignalExplanation } from "@vibe-charting/market";
import { day, listed, share, signalWords, stateWords } from "../figures.ts";

/**
 * Why a coin has a signal, or why it has none: the state of its episode, then each condition with its figure, its
 * threshold and what is missing. `latest` is the coin's latest episode of that type.
 */
export function describeExplanation(
  symbol: string,
  { type, state, confidence, evidence }: SignalExplanation,
  latest: EpisodeRow | undefined,
): string {
  const name = `${signalWords[type]} signal`;
  const verdict =
    state === null
      ? `No: ${symbol} has no open ${name}.${describeLast(latest)}`
      : state === "confirmed"
        ? `Yes: the ${name} of ${symbol} is confirmed${since(latest)} (${share(confidence)} sure).`
        : `Not for certain: the ${name} of ${symbol} is ${stateWords[state]}${since(latest)} (${share(confidence)} sure), and not confirmed.`;
  return [verdict, describeConditions(evidence.conditions), ...evidence.notes]
    .filter(text => text !== "")
    .join(" ");
}

function since(latest: EpisodeRow | undefined): string {
  return latest ? ` since ${day(latest.detected_at)}` : "";
}

/** An episode that has ended lately. */
function describeLast(latest: EpisodeRow | undefined): string {
  if (!latest || !closedSignalStates.some(closed => closed === latest.state)) return "";
  return ` The last one was ${latest.state} on ${day(latest.detected_at)}.`;
}

function describeConditions(conditions: readonly Condition[]): string {
  if (conditions.length === 0) return "";
  const met = conditions.filter(condition => condition.met).length;
  return `${met} of ${conditions.length} conditions hold: ${listed(conditions.map(describeCondition))}.`;
}

function describeCondition(condition: Condition): string {
  const { what, value, threshold } = conditionWords(condition);
  const wanted = condition.comparison === ">=" ? `at least ${threshold}` : `at most ${threshold}`;
  return `${what} ${value} (${condition.met ? "holds" : "does not hold"}: ${wanted})`;
}
