import type { EpisodeRow } from "@vibe-charting/database";
import { signalRegistry } from "@vibe-charting/market";
import type { CoinFacts } from "../coin-facts.ts";
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
      if (matchingEpisodes(coin, plan).length > 0 !== isNegated) return met;
      const explained = explanations.get(coin.cryptoId);
      const nearest = explained ? nearestExplanation(explained, plan.signals) : null;
      return nearest
        ? missed(nearest.shortfall, () => describeNearest(nearest, plan.signals.length !== 1))
        : incomparable;
    },
  };
}

const incomparable = missed(Number.POSITIVE_INFINITY, () => "");

/** The episodes of a coin that a question's signal condition means: rejected ones never were what they seemed. */
export function matchingEpisodes(coin: CoinFacts, plan: Plan): readonly EpisodeRow[] {
  return coin.episodes.filter(
    episode =>
      (plan.signals.length === 0 || plan.signals.includes(episode.signal_type)) &&
      episode.state !== "rejected" &&
      episode.state !== "failed" &&
      episode.confidence >= (plan.minConfidence ?? 0),
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
