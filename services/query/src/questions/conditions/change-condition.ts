import type { CoinFacts } from "../coin-facts.ts";
import { percent } from "../figures.ts";
import type { Plan } from "../plan.ts";
import { skipReasons } from "../skip-reason.ts";
import { type Condition, doing, met, missed, skipped } from "./condition.ts";

export type Side = "up" | "down" | "either";

/** The side of a list by change: up, down, or either. Without performance, the trend gives a threshold its sign. */
export function sideOf(plan: Plan): Side {
  const isRanked = plan.screens.includes("performance");
  const up = isRanked ? plan.directions.includes("best") : plan.trends.includes("uptrend");
  const down = isRanked ? plan.directions.includes("worst") : plan.trends.includes("downtrend");
  if (up === down) return "either";
  return up ? "up" : "down";
}

/** How far a coin moved to the side asked for, per cent. */
function moveTo(side: Side, changePct: number): number {
  if (side === "either") return Math.abs(changePct);
  return side === "up" ? changePct : -changePct;
}

const verbs: Readonly<Record<Side, string>> = { up: "rose", down: "fell", either: "moved" };

/** The coin moved at all, far enough, or further than the coin that the list is measured against. */
export function changeCondition(plan: Plan, coins: readonly CoinFacts[]): Condition {
  const side = sideOf(plan);
  const over = `over ${plan.windowWords}`;
  const benchmark = benchmarkOf(plan, coins);
  if (benchmark !== null && side !== "either") {
    const pct = benchmark.changePct;
    const than = `did ${side === "up" ? "better" : "worse"} than ${benchmark.coin.symbol} (${percent(pct)}) ${over}`;
    return atLeast(side, moveTo(side, pct), than, benchmark.coin.cryptoId);
  }
  if (plan.minChangePct !== null) {
    return atLeast(side, plan.minChangePct, `${verbs[side]} ${plan.minChangePct}% or more ${over}`, null);
  }
  // "Top 5" wants five whatever they did; "gainers" wants those that gained.
  const wantsSign = plan.limit === null && side !== "either" && plan.screens.includes("performance");
  return wantsSign ? sign(side, `${verbs[side]} ${over}`) : known;
}

const known: Condition = {
  says: null,
  judge: ({ changePct }) => (changePct === null ? skipped(skipReasons.noStartPrice) : met),
};

function sign(side: Side, words: string): Condition {
  return {
    says: doing(words),
    judge: ({ changePct }) => {
      if (changePct === null) return skipped(skipReasons.noStartPrice);
      const moved = moveTo(side, changePct);
      return moved > 0 ? met : missed(-moved, () => percent(changePct));
    },
  };
}

/** The coin moved `least` per cent to the side, or further; further only, where `benchmarkId` set that mark. */
function atLeast(side: Side, least: number, words: string, benchmarkId: number | null): Condition {
  const signed = percent(side === "down" ? -least : least);
  return {
    says: doing(words),
    judge: ({ changePct, cryptoId }) => {
      if (changePct === null) return skipped(skipReasons.noStartPrice);
      if (cryptoId === benchmarkId) return missed(Number.POSITIVE_INFINITY, () => "");
      const moved = moveTo(side, changePct);
      if (benchmarkId === null ? moved >= least : moved > least) return met;
      return missed(least - moved, () => `${percent(changePct)} of ${signed}`);
    },
  };
}

function benchmarkOf(plan: Plan, coins: readonly CoinFacts[]): { coin: CoinFacts; changePct: number } | null {
  const coin = coins.find(({ symbol }) => symbol.toUpperCase() === plan.benchmark?.toUpperCase());
  return coin && coin.changePct !== null ? { coin, changePct: coin.changePct } : null;
}
