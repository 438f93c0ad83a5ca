import type { CoinFacts } from "../coin-facts.ts";
import { sideOf } from "../conditions/change-condition.ts";
import { isAskedFor } from "../conditions/signal-condition.ts";
import { volatilityOf, volatilitySide } from "../conditions/volatility-condition.ts";
import { firstInOrder } from "../first-in-order.ts";
import type { Plan } from "../plan.ts";

/**
 * The first `count` coins, or all, in the order of a list: by what it ranks by, then rank, then id, so that equal coins
 * keep their places.
 */
export function inOrder(
  plan: Plan,
  coins: readonly CoinFacts[],
  count: number = coins.length,
): readonly CoinFacts[] {
  return firstInOrder(withKeys(plan, coins), compareKeys, count).map(({ coin }) => coin);
}

/** Up to `count` coins from each end of that order, the outermost first; none is at both. */
export function endsInOrder(
  plan: Plan,
  coins: readonly CoinFacts[],
  count: number,
): { readonly first: readonly CoinFacts[]; readonly last: readonly CoinFacts[] } {
  const keyed = withKeys(plan, coins);
  const first = firstInOrder(keyed, compareKeys, count);
  const last = firstInOrder(keyed, (a, b) => compareKeys(b, a), Math.min(count, coins.length - first.length));
  return { first: first.map(({ coin }) => coin), last: last.map(({ coin }) => coin) };
}

type Keyed = { readonly coin: CoinFacts; readonly key: number; readonly rank: number };

/** The keys are worked out once for each coin, and not once for each comparison. */
function withKeys(plan: Plan, coins: readonly CoinFacts[]): readonly Keyed[] {
  const keyOf = rankingKey(plan);
  return coins.map(coin => ({ coin, key: keyOf(coin), rank: coin.rank ?? Number.MAX_SAFE_INTEGER }));
}

function compareKeys(a: Keyed, b: Keyed): number {
  return b.key - a.key || a.rank - b.rank || a.coin.cmcId - b.coin.cmcId;
}

/** What a list ranks by, the largest first; the same for every coin where it is by rank alone. */
function rankingKey(plan: Plan): (coin: CoinFacts) => number {
  if (plan.screens.includes("performance")) return changeKey(plan);
  if (plan.screens.includes("volatility")) return volatilityKey(plan);
  if (plan.screens.includes("signal") && plan.negates !== "signal") {
    return coin => coin.episodes.find(episode => isAskedFor(episode, plan))?.detected_at.getTime() ?? 0;
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
