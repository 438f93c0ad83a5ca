import type { AnswerPart } from "./answer-part.ts";
import {
  describeNamesakes,
  describePrice,
  describeSignals,
  describeTrends,
  describeVolatility,
  namedCoins,
  toCard,
} from "./coin-card.ts";
import type { CoinFacts } from "./coin-facts.ts";
import { listed, share, timeframeWords, trendWords } from "./figures.ts";
import type { Plan } from "./plan.ts";
import { type SkipReason, skipReasons } from "./scope.ts";

/** Answers a question about named coins: price, trends, volatility and signals of each. */
export function answerCoins(plan: Plan, coins: readonly CoinFacts[]): AnswerPart {
  const named = namedCoins(plan, coins);
  const present = named.flatMap(({ coin }) => coin ?? []);
  return {
    text: named
      .map(({ symbol, coin }) => (coin ? describeCoin(plan, coin) : `${symbol} is not in this listing.`))
      .join(" "),
    results: present.map(coin => toCard(coin, plan)),
    evaluated: present.length,
    skipped: absent(named.length - present.length),
  };
}

/** Coins that the question names and the listing does not have. */
export function absent(coins: number): ReadonlyMap<SkipReason, number> {
  return new Map(coins > 0 ? [[skipReasons.notListed, coins]] : []);
}

function describeCoin(plan: Plan, coin: CoinFacts): string {
  return `${trendVerdict(plan, coin)}${describePrice(coin, plan)}. ${describeTrends(coin)}${describeVolatility(coin, plan)} ${describeSignals(coin.episodes)}${describeNamesakes(coin)}`;
}

/** Yes or no, where the question states a trend. */
function trendVerdict(plan: Plan, coin: CoinFacts): string {
  if (plan.trends.length === 0) return "";
  const trend = coin.trends[plan.trendTimeframe];
  const asked = listed(
    plan.trends.map(type => trendWords[type]),
    "or",
  );
  if (!trend?.type) return `Whether ${coin.symbol} is in ${asked} cannot be said: there is not enough data. `;
  const has = plan.trends.includes(trend.type);
  const reading = `its ${timeframeWords[plan.trendTimeframe]} trend is ${trendWords[trend.type]}, ${share(trend.confidence)} sure`;
  return `${has !== plan.negated ? "Yes" : "No"}: ${coin.symbol} is ${has ? "" : "not "}in ${asked}; ${reading}. `;
}
