import type { CoinFacts } from "../coin-facts.ts";
import { share, windowWords } from "../figures.ts";
import { median } from "../median.ts";
import type { Plan } from "../plan.ts";
import { skipReasons } from "../skip-reason.ts";
import { type Condition, having, met, missed, skipped, withoutTrend } from "./condition.ts";

/** A coin's volatility over the plan's timeframe, a fraction a year; null when it is not known. */
export function volatilityOf(coin: CoinFacts, plan: Plan): number | null {
  return coin.trends[plan.volatilityTimeframe]?.volatility ?? null;
}

/** The side of the market's volatility that is asked for; null for neither or both. */
export function volatilitySide(plan: Plan): "high" | "low" | null {
  const low = plan.directions.includes("low");
  if (low === plan.directions.includes("high")) return null;
  return low ? "low" : "high";
}

/** In a list by volatility alone it only ranks; beside another condition it asks for the calm or the wild half. */
export function volatilityCondition(plan: Plan, coins: readonly CoinFacts[]): Condition {
  const side = plan.screens.length > 1 ? volatilitySide(plan) : null;
  const known = coins.filter(({ kind }) => kind !== "stable").flatMap(coin => volatilityOf(coin, plan) ?? []);
  const middle = side === null ? null : median(known);
  return {
    says:
      middle === null
        ? null
        : having(
            `a volatility ${side === "low" ? "below" : "above"} the market's middle of ${share(middle)} a year, over ${windowWords(plan.volatilityTimeframe)}`,
          ),
    judge: coin => {
      if (coin.kind === "stable") return skipped(skipReasons.pegged);
      if (!coin.trends[plan.volatilityTimeframe]) return withoutTrend(coin);
      const volatility = volatilityOf(coin, plan);
      if (volatility === null) return skipped(skipReasons.notEnoughData);
      if (middle === null || (side === "low" ? volatility <= middle : volatility >= middle)) return met;
      return missed(
        Math.abs(volatility - middle) / Math.max(middle, volatility),
        () => `volatility ${share(volatility)} of ${share(middle)}`,
      );
    },
  };
}
