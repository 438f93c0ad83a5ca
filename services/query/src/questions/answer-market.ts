import type { TrendType } from "@vibe-charting/contracts";
import { closedSignalStates } from "@vibe-charting/contracts";
import { nameOf } from "./answer-list.ts";
import type { AnswerPart } from "./answer-part.ts";
import type { CoinFacts } from "./coin-facts.ts";
import { median } from "./conditions.ts";
import { amount, count, listed, percent, share, trendWords, windowWords } from "./figures.ts";
import { orderOf } from "./order.ts";
import type { Plan } from "./plan.ts";
import { isInScope, type SkipReason, skipReasons } from "./scope.ts";
import { toResult } from "./to-result.ts";

/** Coins at each end of the market that the overview names. */
const namedAtEachEnd = 3;
/** Share of coins in one trend from which the market as a whole is said to be in it. */
const majority = 0.5;

/** Answers a question about the market as a whole: breadth, middle change, size, trends and open signals. */
export function answerMarket(plan: Plan, coins: readonly CoinFacts[]): AnswerPart {
  // Pegged and wrapped coins follow something else: they say nothing about the market.
  const market = coins.filter(coin => coin.kind === "native" && isInScope(coin, plan));
  const known = market.filter(coin => coin.changePct !== null);
  const skipped = new Map<SkipReason, number>();
  if (known.length < market.length) skipped.set(skipReasons.noStartPrice, market.length - known.length);
  const byChange = orderOf({ ...plan, screens: ["performance"], directions: ["best"] });
  const ordered = known.toSorted(byChange);
  const best = ordered.slice(0, namedAtEachEnd);
  const worst = ordered.slice(best.length).slice(-namedAtEachEnd).reverse();
  return {
    text: [
      describeTrend(plan, market),
      describeMoves(plan, known),
      describeEnds(best, worst),
      describeSize(coins, market),
    ]
      .filter(part => part !== "")
      .join(" "),
    results: [...best, ...worst].map(coin => toResult(coin, { trend: plan.trendTimeframe })),
    evaluated: known.length,
    skipped,
  };
}

function describeMoves(plan: Plan, known: readonly CoinFacts[]): string {
  const changes = known.flatMap(coin => coin.changePct ?? []);
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
  const open = market
    .flatMap(coin => coin.episodes)
    .filter(({ state }) => !closedSignalStates.some(closed => closed === state)).length;
  return `The ${count(all.length, "coin")} of the listing are worth ${amount(total)} in total; ${count(open, "signal")} ${open === 1 ? "is" : "are"} open.`;
}

function describeTrend(plan: Plan, market: readonly CoinFacts[]): string {
  const types = market.flatMap(coin => coin.trends[plan.trendTimeframe]?.type ?? []);
  if (types.length === 0) return "";
  const number = (type: TrendType) => types.filter(other => other === type).length;
  const counts = `${number("uptrend")} coins are in an uptrend, ${number("downtrend")} in a downtrend and ${number("sideways")} go sideways over ${windowWords(plan.trendTimeframe)}`;
  if (plan.trends.length === 0) return `${counts[0]?.toUpperCase()}${counts.slice(1)}.`;
  const share = plan.trends.reduce((sum, type) => sum + number(type), 0) / types.length;
  const holds = share > majority !== plan.negated;
  const asked = listed(
    plan.trends.map(type => trendWords[type]),
    "or",
  );
  return `${holds ? "Yes" : "No"}, the market as a whole is ${share > majority ? "" : "not "}in ${asked}: ${counts}.`;
}
