import type { CoinFacts } from "../coin-facts.ts";
import type { Condition, Verdict } from "../conditions/condition.ts";
import type { SkipReason } from "../skip-reason.ts";

type Miss = {
  readonly coin: CoinFacts;
  readonly misses: readonly Extract<Verdict, { kind: "missed" }>[];
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
    let skip: SkipReason | undefined;
    const misses: Extract<Verdict, { kind: "missed" }>[] = [];
    for (const { judge } of conditions) {
      const verdict = judge(coin);
      if (verdict.kind === "skipped") skip ??= verdict.reason;
      else if (verdict.kind === "missed") misses.push(verdict);
    }
    if (skip) skipped.set(skip, (skipped.get(skip) ?? 0) + 1);
    else if (misses.length === 0) matched.push(coin);
    else missed.push({ coin, misses });
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
  const comparable = missed.filter(({ misses }) =>
    misses.every(({ shortfall }) => Number.isFinite(shortfall)),
  );
  const nearest = comparable
    .toSorted(
      (a, b) =>
        a.misses.length - b.misses.length || (a.misses[0]?.shortfall ?? 0) - (b.misses[0]?.shortfall ?? 0),
    )
    .slice(0, mostNearest)
    .map(({ coin, misses }) => ({ coin, words: misses.map(miss => miss.words()).join(", ") }));
  return { compared: comparable.length, nearest };
}
