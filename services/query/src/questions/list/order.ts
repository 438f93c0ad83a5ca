import type { CoinFacts } from "../coin-facts.ts";
import { sideOf } from "../conditions/change-condition.ts";
import { matchingEpisodes } from "../conditions/signal-condition.ts";
import { volatilityOf, volatilitySide } from "../conditions/volatility-condition.ts";
import type { Plan } from "../plan.ts";

/** Puts coins in the order of a list: what it ranks by, then rank, then id, so that equal coins keep their places. */
export function inOrder(plan: Plan, coins: readonly CoinFacts[]): readonly CoinFacts[] {
  const keyOf = rankingKey(plan);
  // The keys are worked out once for each coin, and not once for each comparison.
  return coins
    .map(coin => ({ coin, key: keyOf(coin), rank: coin.rank ?? Number.MAX_SAFE_INTEGER }))
    .sort((a, b) => b.key - a.key || a.rank - b.rank || a.coin.cmcId - b.coin.cmcId)
    .map(({ coin }) => coin);
}

/** What a list ranks by, the largest first; the same for every coin where it is by rank alone. */
function rankingKey(plan: Plan): (coin: CoinFacts) => number {
  if (plan.screens.includes("performance")) return changeKey(plan);
  if (plan.screens.includes("volatility")) return volatilityKey(plan);
  if (plan.screens.includes("signal") && plan.negates !== "signal") {
    return coin => matchingEpisodes(coin, plan)[0]?.detected_at.getTime() ?? 0;
  }
  if (plan.screens.includes("trend") && plan.negates !== "trend") {
    return coin => coin.trends[plan.trendTimeframe]?.confidence ?? 0;
  }
  return () => 0;
}

/** Less than any figure, and finite: two of them differ by nothing. */
const unknown = -Number.MAX_VALUE;

function changeKey(plan: Plan): (coin: CoinFacts) => number {
  const side = sideOf(plan);
  return ({ changePct }) => {
    if (changePct === null) return unknown;
    return side === "either" ? Math.abs(changePct) : side === "up" ? changePct : -changePct;
  };
}

function volatilityKey(plan: Plan): (coin: CoinFacts) => number {
  const sign = volatilitySide(plan) === "low" ? -1 : 1;
  return coin => {
    const volatility = volatilityOf(coin, plan);
    return volatility === null ? unknown : sign * volatility;
  };
}
