import type { AnswerPart } from "../answer-part.ts";
import type { CoinFacts } from "../coin-facts.ts";
import { conditionsOf } from "../conditions/conditions-of.ts";
import type { Plan } from "../plan.ts";
import type { Explanations } from "../signals/explanations.ts";
import { toResult } from "../to-result.ts";
import { describeList } from "./describe-list.ts";
import { isRanking, listItems } from "./list-items.ts";
import { isInScope } from "./scope.ts";
import { screen } from "./screen.ts";

/** Coins of a ranking when no number is asked for. */
const usualLimit = 10;
/** Lines of a list of everything that matches when no number is asked for. */
const longestList = 100;

/**
 * Answers a question for a list: coins by change, trend, volatility or signal, or by several of these at once.
 * `explanations` say how near coins without the asked signal are to it.
 */
export function answerList(
  plan: Plan,
  coins: readonly CoinFacts[],
  explanations: Explanations = new Map(),
): AnswerPart {
  const conditions = conditionsOf(plan, coins, explanations);
  const inScope = coins.filter(coin => isInScope(coin, plan));
  const screened = screen(inScope, conditions);
  const most = plan.limit ?? (isRanking(plan) ? usualLimit : longestList);
  const { found, shown } = listItems(plan, screened.matched, most);
  return {
    text: describeList(plan, conditions, screened, found, shown),
    results: shown.map(({ coin, episode }) =>
      toResult(coin, {
        trend: plan.screens.includes("trend") ? plan.trendTimeframe : undefined,
        volatility: plan.screens.includes("volatility") ? plan.volatilityTimeframe : undefined,
        episode,
      }),
    ),
    evaluated: screened.matched.length + screened.missed.length,
    skipped: screened.skipped,
  };
}
