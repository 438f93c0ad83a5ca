import type { CoinFacts } from "../coin-facts.ts";
import { type SkipReason, skipReasons } from "../skip-reason.ts";

/** How a coin stands to a condition; `shortfall` orders the coins that miss it, the nearest lowest. */
export type Verdict =
  | { readonly kind: "met" }
  | { readonly kind: "missed"; readonly shortfall: number; readonly words: () => string }
  | { readonly kind: "skipped"; readonly reason: SkipReason };

/** One thing that a list question asks of each coin. */
export type Condition = {
  /** Its predicate for one coin and for several; null for one that goes without saying. */
  readonly says: { readonly one: string; readonly many: string } | null;
  readonly judge: (coin: CoinFacts) => Verdict;
};

export const met: Verdict = { kind: "met" };

export function skipped(reason: SkipReason): Verdict {
  return { kind: "skipped", reason };
}

/** A coin that has no trend over the timeframe asked for: it waits for its analysis, or the trend is of the past. */
export function withoutTrend({ isAnalyzed }: CoinFacts): Verdict {
  return skipped(isAnalyzed ? skipReasons.noTrendOfThen : skipReasons.notAnalyzed);
}

/** `words` say what is missing; they are asked for only when the coin is one of the nearest. */
export function missed(shortfall: number, words: () => string): Verdict {
  return { kind: "missed", shortfall, words };
}

/** A predicate with `is` or `are`. */
export function being(rest: string): { one: string; many: string } {
  return { one: `is ${rest}`, many: `are ${rest}` };
}

/** A predicate with `has` or `have`. */
export function having(rest: string): { one: string; many: string } {
  return { one: `has ${rest}`, many: `have ${rest}` };
}

/** A predicate that is the same for one coin and for several. */
export function doing(words: string): { one: string; many: string } {
  return { one: words, many: words };
}
