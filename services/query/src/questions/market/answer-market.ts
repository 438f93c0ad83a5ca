import type { TrendType } from "@vibe-charting/contracts";
import type { AnswerPart } from "../answer-part.ts";
import type { CoinFacts } from "../coin-facts.ts";
import { nameOf } from "../coin-name.ts";
import { amount, count, listed, percent, share, trendWords, windowWords } from "../figures.ts";
import { isClosed } from "../list/describe-item.ts";
import { endsInOrder } from "../list/order.ts";
import { isInScope } from "../list/scope.ts";
import { median } from "../median.ts";
import type { Plan } from "../plan.ts";
import { type SkipReason, skipReasons } from "../skip-reason.ts";
import { toResult } from "../to-result.ts";

/** Coins at each end of the market that the overview names. */
const namedAtEachEnd = 3;

/** Answers a question about the market as a whole: its trend, breadth, middle change, size and open signals. */
export function answerMarket(plan: Plan, coins: readonly CoinFacts[]): AnswerPart {
  // Pegged and wrapped coins follow something else: they say nothing about the market.
  const market = coins.filter(coin => coin.kind === "native" && isInScope(coin, plan));
  const known = market.filter(coin => coin.changePct !== null);
  const byChange: Plan = { ...plan, screens: ["performance"], directions: ["best"] };
  const { first: best, last: worst } = endsInOrder(byChange, known, namedAtEachEnd);
  const unknown = market.length - known.length;
  return {
    text: [
      describeTrend(plan, market),
      describeMoves(plan, known),
      describeEnds(best, worst),
      describeSize(coins, market),
    ]
      .filter(part => part !== "")
      .join(" "),
    // Beside a list, which has the coins that were asked for, the two ends are in the text alone.
    results: (plan.screens.length > 0 ? [] : [...best, ...worst]).map(coin =>
      toResult(coin, { trend: plan.trendTimeframe }),
    ),
    evaluated: known.length,
    skipped: new Map<SkipReason, number>(unknown > 0 ? [[skipReasons.noStartPrice, unknown]] : []),
  };
}

function describeMoves(plan: Plan, known: readonly CoinFacts[]): string {
  const changes = known.map(coin => coin.changePct ?? Number.NaN);
  const middle = median(changes);
  if (middle === null) return `No coin has a price at the start of ${plan.windowWords}.`;
  const up = changes.filter(change => change > 0).length;
  return `Over ${plan.windowWords} ${up} of ${count(known.length, "coin")} rose (${share(up / known.length)}); the middle change is ${percent(middle)}.`;
}

function describeEnds(best: readonly CoinFacts[], worst: readonly CoinFacts[]): string {
  const name = (coin: CoinFacts) => `${nameOf(coin)} ${percent(coin.changePct ?? 0)}`;
  if (best.length === 0) return "";
  const weakest = worst.length > 0 ? `; weakest: ${listed(worst.map(name))}` : "";
  return `Strongest: ${listed(best.map(name))}${weakest}.`;
}

function describeSize(all: readonly CoinFacts[], market: readonly CoinFacts[]): string {
  const total = all.reduce((sum, coin) => sum + (coin.marketCapUsd ?? 0), 0);
  let open = 0;
  for (const { episodes } of market) for (const episode of episodes) if (!isClosed(episode)) open += 1;
  const size =
    total > 0 ? `The ${count(all.length, "coin")} of the listing are worth ${amount(total)} in total. ` : "";
  return `${size}${open === 0 ? "No signal is" : open === 1 ? "1 signal is" : `${open} signals are`} open.`;
}

/** How many coins are in each trend; a yes or no first, where the question states one. */
function describeTrend(plan: Plan, market: readonly CoinFacts[]): string {
  const number: Record<TrendType, number> = { uptrend: 0, downtrend: 0, sideways: 0 };
  for (const { trends } of market) {
    const type = trends[plan.trendTimeframe]?.type;
    if (type) number[type] += 1;
  }
  const { uptrend, downtrend, sideways } = number;
  const all = uptrend + downtrend + sideways;
  if (all === 0) return "";
  const counts = `over ${windowWords(plan.trendTimeframe)} ${uptrend} of ${count(all, "coin")} went up, ${downtrend} down and ${sideways} sideways`;
  if (plan.trends.length === 0) return `Trends: ${counts}.`;
  // The market is in the trend that most coins are in; in two of them, where they are as many.
  const most = Math.max(uptrend, downtrend, sideways);
  const held = plan.trends.some(type => number[type] === most);
  const asked = listed(
    plan.trends.map(type => trendWords[type]),
    "or",
  );
  const answer = held !== (plan.negates === "trend") ? "Yes" : "No";
  const why = `${held ? "no other trend is" : "another trend is"} more common`;
  return `${answer}, the market as a whole is ${held ? "" : "not "}in ${asked}: ${why}; ${counts}.`;
}
