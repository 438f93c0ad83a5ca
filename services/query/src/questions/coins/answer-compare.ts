import type { AnswerPart } from "../answer-part.ts";
import type { CoinFacts } from "../coin-facts.ts";
import { describeNamesakes } from "../coin-name.ts";
import { volatilityOf } from "../conditions/volatility-condition.ts";
import { count, percent, price, share, timeframeWords, windowWords } from "../figures.ts";
import { inOrder } from "../list/order.ts";
import type { Plan } from "../plan.ts";
import type { Explanations } from "../signals/explanations.ts";
import { skippedAs } from "./answer-coins.ts";
import { toCard } from "./coin-card.ts";
import { type AbsentCoin, describeAbsent, namedCoins } from "./named-coins.ts";

/** Answers a comparison: the coins side by side, in the order of what they are compared by. */
export function answerCompare(
  plan: Plan,
  coins: readonly CoinFacts[],
  absent: readonly AbsentCoin[],
  explanations: Explanations,
): AnswerPart {
  const byVolatility = plan.comparesVolatility;
  const order: Plan = {
    ...plan,
    screens: [byVolatility ? "volatility" : "performance"],
    directions: plan.directions.length > 0 ? plan.directions : ["best"],
  };
  const present = inOrder(order, namedCoins(plan, coins));
  return {
    text: [
      byVolatility ? verdictByVolatility(plan, present) : verdictByChange(plan, present),
      `${present.map(coin => describeSide(plan, coin)).join("; ")}.`,
      ...absent.map(describeAbsent),
      ...present.map(describeNamesakes),
    ]
      .filter(text => text !== "" && text !== ".")
      .join(" "),
    results: present.map(coin => toCard(coin, plan, explanations)),
    evaluated: present.length,
    skipped: skippedAs(absent),
  };
}

const nothingToCompare = "There are not two coins to compare.";

function verdictByChange(plan: Plan, [first, second, ...others]: readonly CoinFacts[]): string {
  if (!first || !second) return nothingToCompare;
  if (first.changePct === null || second.changePct === null) {
    return `Not every coin has a price at the start of ${plan.windowWords}.`;
  }
  const than = others.length === 0 ? second.symbol : "the others";
  const over = `over ${plan.windowWords}`;
  const gap = Math.abs(first.changePct - second.changePct);
  if (gap === 0) return `${first.symbol} did as well as ${second.symbol} ${over}.`;
  const which = plan.directions.includes("worst") ? "worse" : "better";
  const next = others.length === 0 ? "" : ` (the next is ${second.symbol})`;
  return `${first.symbol} did ${which} than ${than} ${over}, by ${gap.toFixed(1)} percentage points${next}.`;
}

function verdictByVolatility(plan: Plan, [first, second, ...others]: readonly CoinFacts[]): string {
  if (!first || !second) return nothingToCompare;
  if (volatilityOf(first, plan) === null || volatilityOf(second, plan) === null) {
    return "There is not enough data to compare their volatility.";
  }
  const than = others.length === 0 ? second.symbol : "the others";
  const which = plan.directions.includes("low") ? "calmer" : "more volatile";
  return `${first.symbol} was ${which} than ${than} over ${windowWords(plan.volatilityTimeframe)}.`;
}

function describeSide(plan: Plan, coin: CoinFacts): string {
  const trend = coin.trends[plan.trendTimeframe];
  const volatility = volatilityOf(coin, plan);
  const figures = [
    coin.changePct === null ? "no change known" : percent(coin.changePct),
    `at ${price(coin.priceUsd)}`,
    ...(trend?.type
      ? [`${timeframeWords[plan.trendTimeframe]} ${trend.type} (${share(trend.confidence)} sure)`]
      : []),
    ...(volatility === null ? [] : [`volatility ${share(volatility)} a year`]),
    ...(coin.kind === "native"
      ? [coin.episodes.length === 0 ? "no signals" : count(coin.episodes.length, "signal")]
      : []),
  ];
  return `${coin.symbol}: ${figures.join(", ")}`;
}
