import type { CoinFacts } from "../coin-facts.ts";
import type { Plan } from "../plan.ts";
import type { Explanations } from "../signals/explanations.ts";
import { skipReasons } from "../skip-reason.ts";
import { changeCondition } from "./change-condition.ts";
import { type Condition, met, skipped } from "./condition.ts";
import { signalCondition } from "./signal-condition.ts";
import { trendCondition } from "./trend-condition.ts";
import { volatilityCondition } from "./volatility-condition.ts";

/** The conditions of a list question, in the order in which they are said. */
export function conditionsOf(
  plan: Plan,
  coins: readonly CoinFacts[],
  explanations: Explanations,
): readonly Condition[] {
  const asksForChange = plan.screens.includes("performance") || plan.minChangePct !== null;
  return [
    ...(plan.minMarketCap === null ? [] : [knownMarketCap]),
    ...(plan.screens.includes("trend") ? [trendCondition(plan)] : []),
    ...(plan.screens.includes("signal") ? [signalCondition(plan, explanations)] : []),
    ...(plan.screens.includes("volatility") ? [volatilityCondition(plan, coins)] : []),
    ...(asksForChange ? [changeCondition(plan, coins)] : []),
  ];
}

/** Coins below the asked market cap are no part of the list; one without a market cap might be. */
const knownMarketCap: Condition = {
  says: null,
  judge: coin => (coin.marketCapUsd === null ? skipped(skipReasons.noMarketCap) : met),
};
