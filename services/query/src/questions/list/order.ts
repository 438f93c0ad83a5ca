import type { CoinFacts } from "../coin-facts.ts";
import { type Side, sideOf } from "../conditions/change-condition.ts";
import { matchingEpisodes } from "../conditions/signal-condition.ts";
import { volatilityOf, volatilitySide } from "../conditions/volatility-condition.ts";
import type { Plan } from "../plan.ts";

type Order = (a: CoinFacts, b: CoinFacts) => number;

/** The order of a list: what it ranks by, then rank, then id, so that equal coins never change places. */
export function orderOf(plan: Plan): Order {
  const orders = [...rankings(plan), byRank, byId];
  return (a, b) => orders.reduce((order, next) => (order !== 0 ? order : next(a, b)), 0);
}

function rankings(plan: Plan): readonly Order[] {
  if (plan.screens.includes("performance")) return [byChange(sideOf(plan))];
  if (plan.screens.includes("volatility")) return [byVolatility(plan)];
  if (plan.screens.includes("signal") && plan.negates !== "signal") return [byLatestSignal(plan)];
  if (plan.screens.includes("trend") && plan.negates !== "trend") return [byConfidence(plan)];
  return [];
}

function descending(key: (coin: CoinFacts) => number): Order {
  return (a, b) => {
    const [first, second] = [key(a), key(b)];
    return first === second ? 0 : second - first;
  };
}

function byChange(side: Side): Order {
  const sign = side === "down" ? -1 : 1;
  return descending(({ changePct }) =>
    changePct === null
      ? Number.NEGATIVE_INFINITY
      : side === "either"
        ? Math.abs(changePct)
        : sign * changePct,
  );
}

function byVolatility(plan: Plan): Order {
  const sign = volatilitySide(plan) === "low" ? -1 : 1;
  return descending(coin => {
    const volatility = volatilityOf(coin, plan);
    return volatility === null ? Number.NEGATIVE_INFINITY : sign * volatility;
  });
}

function byLatestSignal(plan: Plan): Order {
  return descending(coin => matchingEpisodes(coin, plan)[0]?.detected_at.getTime() ?? 0);
}

function byConfidence(plan: Plan): Order {
  return descending(coin => coin.trends[plan.trendTimeframe]?.confidence ?? 0);
}

const byRank: Order = (a, b) =>
  a.rank === b.rank ? 0 : (a.rank ?? Number.POSITIVE_INFINITY) - (b.rank ?? Number.POSITIVE_INFINITY);
const byId: Order = (a, b) => a.cmcId - b.cmcId;
