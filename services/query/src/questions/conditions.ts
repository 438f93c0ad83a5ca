import type { EpisodeRow } from "@vibe-charting/database";
import { signalRegistry } from "@vibe-charting/market";
import type { CoinFacts } from "./coin-facts.ts";
import { listed, percent, share, signalWords, timeframeWords, trendWords, windowWords } from "./figures.ts";
import type { Plan } from "./plan.ts";
import { type SkipReason, skipReasons } from "./scope.ts";

/** How a coin stands to a condition; `shortfall` orders the coins that miss it, the nearest lowest. */
export type Verdict =
  | { readonly kind: "met" }
  | { readonly kind: "missed"; readonly shortfall: number; readonly words: string }
  | { readonly kind: "skipped"; readonly reason: SkipReason };

/** One thing that a list question asks of each coin. */
export type Condition = { readonly words: string; readonly judge: (coin: CoinFacts) => Verdict };

const met: Verdict = { kind: "met" };

function skipped(reason: SkipReason): Verdict {
  return { kind: "skipped", reason };
}

/** The conditions of a list question, in the order in which they are said. */
export function conditionsOf(plan: Plan, coins: readonly CoinFacts[]): readonly Condition[] {
  return [
    ...(plan.minMarketCap === null ? [] : [hasMarketCap()]),
    ...(plan.screens.includes("trend") ? [trendCondition(plan)] : []),
    ...(plan.screens.includes("signal") ? [signalCondition(plan)] : []),
    ...(plan.screens.includes("volatility") ? [volatilityCondition(plan, coins)] : []),
    ...(plan.screens.includes("performance") || plan.minChangePct !== null
      ? [changeCondition(plan, coins)]
      : []),
  ];
}

function hasMarketCap(): Condition {
  return {
    words: "",
    judge: coin => (coin.marketCapUsd === null ? skipped(skipReasons.noMarketCap) : met),
  };
}

function trendCondition(plan: Plan): Condition {
  const timeframe = plan.trendTimeframe;
  // "Trending" with no direction: up or down, and not sideways.
  const wanted = plan.trends.length > 0 ? plan.trends : (["uptrend", "downtrend"] as const);
  const isNegated = plan.negated && !negatesSignal(plan);
  const types = listed(
    wanted.map(type => trendWords[type]),
    "or",
  );
  const words = `${isNegated ? "not " : ""}in ${types} over ${windowWords(timeframe)}`;
  return {
    words,
    judge: coin => {
      if (coin.kind === "stable") return skipped(skipReasons.pegged);
      const trend = coin.trends[timeframe];
      if (!trend) return skipped(skipReasons.notAnalyzed);
      if (trend.type === null) return skipped(skipReasons.notEnoughData);
      const has = wanted.some(type => type === trend.type) !== isNegated;
      const sure = trend.confidence >= (plan.minConfidence ?? 0);
      if (has && sure) return met;
      const reading = `${timeframeWords[timeframe]} ${trend.type}, ${share(trend.confidence)} sure`;
      // Among the wrong trends the least sure one is nearest; a right but unsure one is nearer than all of those.
      const shortfall = has ? (plan.minConfidence ?? 0) - trend.confidence : 1 + trend.confidence;
      return { kind: "missed", shortfall, words: reading };
    },
  };
}

/** With a trend and a signal asked for, a negation stands with the signal: "uptrend, but no volume spike". */
function negatesSignal(plan: Plan): boolean {
  return plan.negated && plan.screens.includes("signal");
}

/** The episodes of a coin that a question's signal condition means. */
export function matchingEpisodes(coin: CoinFacts, plan: Plan): readonly EpisodeRow[] {
  return coin.episodes.filter(
    episode =>
      (plan.signals.length === 0 || plan.signals.includes(episode.signal_type)) &&
      episode.state !== "rejected" &&
      episode.state !== "failed" &&
      episode.confidence >= (plan.minConfidence ?? 0),
  );
}

function signalCondition(plan: Plan): Condition {
  const names = plan.signals.map(type => signalWords[type]);
  const words = `with ${plan.negated ? "no " : ""}${names.length > 0 ? listed(names, "or") : "signals"} ${
    plan.hasWindow ? `in ${plan.windowWords}` : "open now or changed in the past 7 days"
  }`;
  const detected = plan.signals.filter(type => signalRegistry.some(signal => signal.type === type));
  return {
    words,
    judge: coin => {
      if (plan.signals.length > 0 && detected.length === 0) return skipped(skipReasons.noDetector);
      if (coin.kind !== "native") return skipped(skipReasons.raisesNoSignals);
      if (!coin.isAnalyzed) return skipped(skipReasons.notAnalyzed);
      const has = matchingEpisodes(coin, plan).length > 0;
      return has !== plan.negated
        ? met
        : { kind: "missed", shortfall: 1, words: has ? "has it" : "no such signal" };
    },
  };
}

/** In a list by volatility alone it is only the order; beside another condition, the calm or the wild half. */
function volatilityCondition(plan: Plan, coins: readonly CoinFacts[]): Condition {
  const timeframe = plan.volatilityTimeframe;
  const volatilityOf = (coin: CoinFacts) => coin.trends[timeframe]?.volatility ?? null;
  const low = plan.directions.includes("low");
  const high = plan.directions.includes("high");
  const isFilter = plan.screens.length > 1 && low !== high;
  const middle = isFilter
    ? median(coins.filter(({ kind }) => kind !== "stable").flatMap(coin => volatilityOf(coin) ?? []))
    : null;
  const words =
    middle === null
      ? ""
      : `with a volatility ${low ? "below" : "above"} the middle one of ${share(middle)} a year`;
  return {
    words,
    judge: coin => {
      if (coin.kind === "stable") return skipped(skipReasons.pegged);
      if (!coin.trends[timeframe]) return skipped(skipReasons.notAnalyzed);
      const volatility = volatilityOf(coin);
      if (volatility === null) return skipped(skipReasons.notEnoughData);
      if (middle === null || (low ? volatility <= middle : volatility >= middle)) return met;
      return {
        kind: "missed",
        shortfall: Math.abs(volatility - middle) / middle,
        words: `volatility ${share(volatility)} of ${share(middle)}`,
      };
    },
  };
}

/** The side of a list by change: up, down, or either. */
export function sideOf(plan: Plan): "up" | "down" | "either" {
  const best = plan.directions.includes("best");
  return best === plan.directions.includes("worst") ? "either" : best ? "up" : "down";
}

function changeCondition(plan: Plan, coins: readonly CoinFacts[]): Condition {
  const side = plan.screens.includes("performance") ? sideOf(plan) : sideOfTrend(plan);
  const size = (change: number) => (side === "up" ? change : side === "down" ? -change : Math.abs(change));
  const least = leastChange(plan, coins, side);
  return {
    words: least.words,
    judge: coin => {
      if (coin.changePct === null) return skipped(skipReasons.noStartPrice);
      if (least.benchmarkId === coin.cryptoId) return { kind: "missed", shortfall: Infinity, words: "" };
      const moved = size(coin.changePct);
      if (least.size === null || (least.inclusive ? moved >= least.size : moved > least.size)) return met;
      return {
        kind: "missed",
        shortfall: least.size - moved,
        words:
          least.size === 0
            ? percent(coin.changePct)
            : `${percent(coin.changePct)} of ${percent(side === "down" ? -least.size : least.size)}`,
      };
    },
  };
}

function sideOfTrend(plan: Plan): "up" | "down" | "either" {
  const up = plan.trends.includes("uptrend");
  return up === plan.trends.includes("downtrend") ? "either" : up ? "up" : "down";
}

type LeastChange = {
  readonly size: number | null;
  readonly inclusive: boolean;
  readonly words: string;
  readonly benchmarkId: number | null;
};

function leastChange(plan: Plan, coins: readonly CoinFacts[], side: "up" | "down" | "either"): LeastChange {
  const verb = { up: "up", down: "down", either: "moved" }[side];
  const over = `over ${plan.windowWords}`;
  if (plan.benchmark !== null) {
    const benchmark = coins.find(({ symbol }) => symbol.toUpperCase() === plan.benchmark?.toUpperCase());
    if (benchmark && benchmark.changePct !== null && side !== "either") {
      return {
        size: side === "down" ? -benchmark.changePct : benchmark.changePct,
        inclusive: false,
        words: `${side === "down" ? "weaker" : "stronger"} than ${benchmark.symbol} (${percent(benchmark.changePct)}) ${over}`,
        benchmarkId: benchmark.cryptoId,
      };
    }
  }
  if (plan.minChangePct !== null) {
    const words = `${verb} ${plan.minChangePct}% or more ${over}`;
    return { size: plan.minChangePct, inclusive: true, words, benchmarkId: null };
  }
  // "Top 5" wants five whatever they did; "gainers" wants those that gained.
  if (plan.limit === null && side !== "either" && plan.screens.includes("performance")) {
    return { size: 0, inclusive: false, words: `${verb} ${over}`, benchmarkId: null };
  }
  return { size: null, inclusive: true, words: "", benchmarkId: null };
}

/** The middle value; null of none. */
export function median(values: readonly number[]): number | null {
  if (values.length === 0) return null;
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  const upper = sorted[Math.floor(middle)] ?? Number.NaN;
  return Number.isInteger(middle) ? ((sorted[middle - 1] ?? Number.NaN) + upper) / 2 : upper;
}
