import type { CoinFacts } from "../coin-facts.ts";
import type { Condition } from "../conditions/condition.ts";
import type { SkipReason } from "../skip-reason.ts";

export type NearMiss = { readonly coin: CoinFacts; readonly words: string };

/** The coins of a list question: those that match, the nearest of those that do not, and those without an answer. */
export type Screened = {
  readonly matched: readonly CoinFacts[];
  /** Coins that were held against every condition. */
  readonly evaluated: number;
  readonly skipped: ReadonlyMap<SkipReason, number>;
  readonly nearest: readonly NearMiss[];
};

const nearMisses = 3;

/** Holds every coin against every condition. The matched coins keep the order of `coins`. */
export function screen(coins: readonly CoinFacts[], conditions: readonly Condition[]): Screened {
  const matched: CoinFacts[] = [];
  const missed: { coin: CoinFacts; failures: number; shortfall: number; words: string }[] = [];
  const skipped = new Map<SkipReason, number>();
  for (const coin of coins) {
    const verdicts = conditions.map(({ judge }) => judge(coin));
    const skip = verdicts.find(verdict => verdict.kind === "skipped");
    if (skip) {
      skipped.set(skip.reason, (skipped.get(skip.reason) ?? 0) + 1);
      continue;
    }
    const misses = verdicts.filter(verdict => verdict.kind === "missed");
    const [first] = misses;
    if (!first) matched.push(coin);
    else {
      missed.push({
        coin,
        failures: misses.length,
        shortfall: first.shortfall,
        words: misses.map(({ words }) => words).join(", "),
      });
    }
  }
  const nearest = missed
    .filter(({ shortfall }) => Number.isFinite(shortfall))
    .sort((a, b) => a.failures - b.failures || a.shortfall - b.shortfall)
    .slice(0, nearMisses);
  return { matched, evaluated: matched.length + missed.length, skipped, nearest };
}
