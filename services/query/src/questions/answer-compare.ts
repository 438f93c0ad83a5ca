import { absent } from "./answer-coins.ts";
import type { AnswerPart } from "./answer-part.ts";
import { describeNamesakes, namedCoins, toCard } from "./coin-card.ts";
import type { CoinFacts } from "./coin-facts.ts";
import { count, listed, percent, price, share, timeframeWords, windowWords } from "./figures.ts";
import { orderOf } from "./order.ts";
import type { Plan } from "./plan.ts";

/** Answers a comparison: the coins side by side, in the order of what they are compared by. */
export function answerCompare(plan: Plan, coins: readonly CoinFacts[]): AnswerPart {
  const named = namedCoins(plan, coins);
  const byVolatility = plan.directions.some(direction => direction === "high" || direction === "low");
  const order = orderOf({
    ...plan,
    screens: [byVolatility ? "volatility" : "performance"],
    directions: plan.directions.length > 0 ? plan.directions : ["best"],
  });
  const present = named.flatMap(({ coin }) => coin ?? []).toSorted(order);
  const missing = named.filter(({ coin }) => coin === undefined).map(({ symbol }) => symbol);
  const gone =
    missing.length > 0
      ? ` ${listed(missing)} ${missing.length === 1 ? "is" : "are"} not in this listing.`
      : "";
  return {
    text: `${verdict(plan, present, byVolatility)}${present.map(coin => describeSide(plan, coin)).join("; ")}.${gone}${present.map(describeNamesakes).join("")}`,
    results: present.map(coin => toCard(coin, plan)),
    evaluated: present.length,
    skipped: absent(missing.length),
  };
}

function verdict(plan: Plan, present: readonly CoinFacts[], byVolatility: boolean): string {
  const [first, second] = present;
  if (!first || !second) return "There are not two coins to compare: ";
  if (byVolatility) {
    const volatilities = [first, second].map(
      coin => coin.trends[plan.volatilityTimeframe]?.volatility ?? null,
    );
    if (volatilities.includes(null)) return "There is not enough data to compare their volatility: ";
    const which = plan.directions.includes("low") ? "calmest" : "most volatile";
    return `${first.symbol} is the ${present.length === 2 ? which.replace("calmest", "calmer").replace("most", "more") : which} over ${windowWords(plan.volatilityTimeframe)}. `;
  }
  if (first.changePct === null || second.changePct === null) {
    return `Not every coin has a price at the start of ${plan.windowWords}: `;
  }
  if (first.changePct === second.changePct)
    return `${first.symbol} and ${second.symbol} did the same over ${plan.windowWords}. `;
  const gap = Math.abs(first.changePct - second.changePct);
  const which = plan.directions.includes("worst") ? "worse" : "better";
  return `${first.symbol} did ${which} than ${present.length === 2 ? second.symbol : "the others"} over ${plan.windowWords}, by ${gap.toFixed(1)} percentage points. `;
}

function describeSide(plan: Plan, coin: CoinFacts): string {
  const trend = coin.trends[plan.trendTimeframe];
  const volatility = coin.trends[plan.volatilityTimeframe]?.volatility ?? null;
  const parts = [
    coin.changePct === null ? "no price to compare with" : percent(coin.changePct),
    `at ${price(coin.priceUsd)}`,
    ...(trend?.type
      ? [`${timeframeWords[plan.trendTimeframe]} ${trend.type} (${share(trend.confidence)} sure)`]
      : []),
    ...(volatility === null ? [] : [`volatility ${share(volatility)} a year`]),
    count(coin.episodes.length, "signal"),
  ];
  return `${coin.symbol} ${parts.join(", ")}`;
}
