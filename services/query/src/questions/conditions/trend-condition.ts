import { listed, share, timeframeWords, trendWords, windowWords } from "../figures.ts";
import type { Plan } from "../plan.ts";
import { skipReasons } from "../skip-reason.ts";
import { being, type Condition, met, missed, skipped, withoutTrend } from "./condition.ts";

/** The coin is in one of the trends, or in none of them. "Trending" with no direction is up or down. */
export function trendCondition(plan: Plan): Condition {
  const { trendTimeframe: timeframe, minConfidence } = plan;
  const wanted = plan.trends.length > 0 ? plan.trends : (["uptrend", "downtrend"] as const);
  const isNegated = plan.negates === "trend";
  const least = minConfidence ?? 0;
  const types = listed(
    wanted.map(type => trendWords[type]),
    "or",
  );
  const sure = minConfidence === null ? "" : ` with a confidence of ${share(minConfidence)} or more`;
  return {
    says: being(`${isNegated ? "not " : ""}in ${types} over ${windowWords(timeframe)}${sure}`),
    judge: coin => {
      if (coin.kind === "stable") return skipped(skipReasons.pegged);
      const trend = coin.trends[timeframe];
      if (!trend) return withoutTrend(coin);
      if (trend.type === null) return skipped(skipReasons.notEnoughData);
      const has = wanted.some(type => type === trend.type) !== isNegated;
      if (has && trend.confidence >= least) return met;
      // A right trend that is not sure enough is nearer than any wrong one; of those, the least sure is nearest.
      const shortfall = has ? least - trend.confidence : 1 + trend.confidence;
      return missed(
        shortfall,
        () => `${timeframeWords[timeframe]} ${trend.type}, ${share(trend.confidence)} sure`,
      );
    },
  };
}
