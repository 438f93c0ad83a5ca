import type { AnswerPart } from "../answer-part.ts";
import type { CoinFacts } from "../coin-facts.ts";
import { describeNamesakes } from "../coin-name.ts";
import { listed, share, signalWords, timeframeWords, trendWords } from "../figures.ts";
import type { Plan } from "../plan.ts";
import { describeExplanation } from "../signals/describe-explanation.ts";
import type { Explanations } from "../signals/explanations.ts";
import { type SkipReason, skipReasons } from "../skip-reason.ts";
import {
  describePrice,
  describeSignals,
  describeSize,
  describeTrends,
  describeUnsteady,
  describeVolatility,
  toCard,
} from "./coin-card.ts";
import { type AbsentCoin, describeAbsent, namedCoins } from "./named-coins.ts";

/**
 * Answers a question about named coins: what it asks of each first, then price, trends, volatility and signals.
 * `explanations` are there for a question about a signal.
 */
export function answerCoins(
  plan: Plan,
  coins: readonly CoinFacts[],
  absent: readonly AbsentCoin[],
  explanations: Explanations,
): AnswerPart {
  const present = namedCoins(plan, coins);
  return {
    text: [
      ...present.map(coin => describeCoin(plan, coin, explanations)),
      ...absent.map(describeAbsent),
    ].join(" "),
    results: present.map(coin => toCard(coin, plan, explanations)),
    evaluated: present.length,
    skipped: skippedAs(absent),
  };
}

/** Coins that the question names and the listing does not have. */
export function skippedAs(absent: readonly AbsentCoin[]): ReadonlyMap<SkipReason, number> {
  return new Map(absent.length > 0 ? [[skipReasons.notListed, absent.length]] : []);
}

function describeCoin(plan: Plan, coin: CoinFacts, explanations: Explanations): string {
  return [
    trendVerdict(plan, coin),
    signalVerdict(plan, coin, explanations),
    describePrice(coin, plan),
    describeSize(coin),
    describeTrends(coin),
    describeVolatility(coin, plan),
    plan.signals.length > 0 ? "" : describeSignals(coin),
    describeNamesakes(coin),
  ]
    .filter(text => text !== "")
    .join(" ");
}

/** Yes or no, where the question states a trend. */
function trendVerdict(plan: Plan, coin: CoinFacts): string {
  if (plan.trends.length === 0) return "";
  const trend = coin.trends[plan.trendTimeframe];
  const asked = listed(
    plan.trends.map(type => trendWords[type]),
    "or",
  );
  if (!trend?.type) return `Whether ${coin.symbol} is in ${asked} cannot be said: there is not enough data.`;
  const has = plan.trends.includes(trend.type);
  const isRight = has !== (plan.negates === "trend");
  const reading = `its ${timeframeWords[plan.trendTimeframe]} trend is ${trendWords[trend.type]} (${share(trend.confidence)} sure${describeUnsteady(trend)})`;
  return `${isRight ? "Yes" : "No"}: ${coin.symbol} is ${has ? "" : "not "}in ${asked}; ${reading}.`;
}

/** Why or why not, condition by condition, where the question states a signal. */
function signalVerdict(plan: Plan, coin: CoinFacts, explanations: Explanations): string {
  return plan.signals
    .map(type => {
      const explanation = explanations.get(coin.cryptoId)?.find(({ type: explained }) => explained === type);
      if (coin.kind !== "native")
        return `${coin.symbol} follows something else: it raises no signals of its own.`;
      if (!explanation)
        return `Whether ${coin.symbol} has a ${signalWords[type]} signal cannot be said: none is detected yet.`;
      return describeExplanation(
        coin.symbol,
        explanation,
        coin.episodes.find(({ signal_type }) => signal_type === type),
      );
    })
    .join(" ");
}
