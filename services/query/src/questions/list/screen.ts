import type { CoinFacts } from "../coin-facts.ts";
import type { Condition } from "../conditions/condition.ts";
import type { SkipReason } from "../skip-reason.ts";

type Miss = {
  readonly coin: CoinFacts;
  readonly shortfalls: readonly number[];
  readonly words: () => string;
};

/** The coins of a list question: those that match, those that do not, and how many have no answer, and why. */
export type Screened = {
  readonly matched: readonly CoinFacts[];
  readonly missed: readonly Miss[];
  readonly skipped: ReadonlyMap<SkipReason, number>;
};

/** Holds every coin against every condition. The matched coins keep the order of `coins`. */
export function screen(coins: readonly CoinFacts[], conditions: readonly Condition[]): Screened {
  const matched: CoinFacts[] = [];
  const missed: Miss[] = [];
  const skipped = new Map<SkipReason, number>();
  for (const coin of coins) {
    const verdicts = conditions.map(({ judge }) => judge(coin));
    const skip = verdicts.find(verdict => verdict.kind === "skipped");
    const misses = verdicts.filter(verdict => verdict.kind === "missed");
    if (skip) skipped.set(skip.reason, (skipped.get(skip.reason) ?? 0) + 1);
    else if (misses.length === 0) matched.push(coin);
    else {
      const words = () => misses.map(miss => miss.words()).join(", ");
      missed.push({ coin, shortfalls: misses.map(({ shortfall }) => shortfall), words });
    }
  }
  return { matched, missed, skipped };
}

const mostNearest = 3;

/**
 * The coins that miss the fewest conditions, and of those the ones that miss them by the least. `compared` is how
 * many coins could be compared in that: for how near a coin is to a signal, only the first by rank are looked at.
 */
export function nearestMisses({ missed }: Screened): {
  readonly compared: number;
  readonly nearest: readonly { readonly coin: CoinFacts; readonly words: string }[];
} {
  const comparable = missed.filter(({ shortfalls }) => shortfalls.every(Number.isFinite));
  const nearest = comparable
    .toSorted(
      (a, b) => a.shortfalls.length - b.shortfalls.length || (a.shortfalls[0] ?? 0) - (b.shortfalls[0] ?? 0),
    )
    .slice(0, mostNearest)
    .map(({ coin, words }) => ({ coin, words: words() }));
  return { compared: comparable.length, nearest };
}
