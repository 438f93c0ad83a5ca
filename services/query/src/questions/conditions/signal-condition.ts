import type { EpisodeRow } from "@vibe-charting/database";
import { signalRegistry } from "@vibe-charting/market";
import { listed, share, signalWords } from "../figures.ts";
import type { Plan } from "../plan.ts";
import { describeNearest, type Explanations, nearestExplanation } from "../signals/explanations.ts";
import { skipReasons } from "../skip-reason.ts";
import { type Condition, having, met, missed, skipped } from "./condition.ts";

/** The coin has a signal of the kind asked for, or has none. */
export function signalCondition(plan: Plan, explanations: Explanations): Condition {
  const isNegated = plan.negates === "signal";
  const isDetected =
    plan.signals.length === 0 ||
    plan.signals.some(type => signalRegistry.some(signal => signal.type === type));
  return {
    says: having(
      `${isNegated ? "no" : "a"} ${signalNames(plan)} signal ${signalTime(plan)}${sureness(plan)}`.replace(
        "  ",
        " ",
      ),
    ),
    judge: coin => {
      if (!isDetected) return skipped(skipReasons.noDetector);
      if (coin.kind !== "native") return skipped(skipReasons.raisesNoSignals);
      if (!coin.isAnalyzed) return skipped(skipReasons.notAnalyzed);
      if (coin.episodes.some(episode => isAskedFor(episode, plan)) !== isNegated) return met;
      const explained = explanations.get(coin.cryptoId);
      const nearest = explained ? nearestExplanation(explained, plan.signals) : null;
      return nearest
        ? missed(nearest.shortfall, () => describeNearest(nearest, plan.signals.length !== 1))
        : incomparable;
    },
  };
}

const incomparable = missed(Number.POSITIVE_INFINITY, () => "");

/** Whether a question's signal condition means an episode: rejected ones never were what they seemed. */
export function isAskedFor({ signal_type, state, confidence }: EpisodeRow, plan: Plan): boolean {
  return (
    (plan.signals.length === 0 || plan.signals.includes(signal_type)) &&
    state !== "rejected" &&
    state !== "failed" &&
    confidence >= (plan.minConfidence ?? 0)
  );
}

export function signalNames(plan: Plan): string {
  return listed(
    plan.signals.map(type => signalWords[type]),
    "or",
  );
}

/** When a signal must have stood to count. */
export function signalTime(plan: Plan): string {
  return plan.hasWindow ? `in ${plan.windowWords}` : "open now or changed in the past 7 days";
}

function sureness({ minConfidence }: Plan): string {
  return minConfidence === null ? "" : `, with a confidence of ${share(minConfidence)} or more`;
}
