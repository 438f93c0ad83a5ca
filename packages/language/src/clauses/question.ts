import type { Layers, Span } from "../phrases/layers.ts";
import type { Token } from "../text/token.ts";

/** A coin in the question, over the tokens from `start` up to `end`. */
export type CoinMention = { symbol: string; start: number; end: number; excluded: boolean };

/** A window of time in the question, as the slot writes it; null for one without an amount ("past few days"). */
export type TimeMention = { timeframe: string | null; start: number; end: number };

/** The question with everything that was found in it, before it is decided what it asks. */
export type Question = {
  tokens: readonly Token[];
  words: readonly string[];
  layers: Layers;
  coins: readonly CoinMention[];
  /** `@stablecoins`, `@memecoins` to leave out. */
  excludedGroups: readonly string[];
  times: readonly TimeMention[];
  /** The year of the clock that the question is read by. */
  year: number;
  /** Whether pasted code was cut out. */
  hadCode: boolean;
  /** Words whose spelling was put right. */
  corrected: number;
};

/** Whether the span lies within the tokens from `start` up to `end`. */
export function within(span: { start: number; end: number }, start: number, end: number): boolean {
  return span.start >= start && span.start < end;
}

export function spansOf<K extends Span["means"]["kind"]>(
  spans: readonly Span[],
  kind: K,
): (Span & { means: Extract<Span["means"], { kind: K }> })[] {
  return spans.filter(
    (span): span is Span & { means: Extract<Span["means"], { kind: K }> } => span.means.kind === kind,
  );
}
