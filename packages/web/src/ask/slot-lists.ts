import type { Direction, SignalType, Slots, TrendType } from "@vibe-charting/contracts";

function many<T>(value: T | T[] | null): T[] {
  if (value === null) return [];
  return Array.isArray(value) ? value : [value];
}

export const trendList = ({ trend }: Slots): TrendType[] => many(trend);
export const signalList = ({ signal }: Slots): SignalType[] => many(signal);
export const directionList = ({ direction }: Slots): Direction[] => many(direction);

/** The directions of changes and those of volatilities: a question may rank by both. */
export function sidesOf(slots: Slots): {
  readonly change: readonly ("best" | "worst")[];
  readonly volatility: readonly ("high" | "low")[];
} {
  const directions = directionList(slots);
  return {
    change: directions.filter(side => side === "best" || side === "worst"),
    volatility: directions.filter(side => side === "high" || side === "low"),
  };
}

/** "BTC", "BTC and ETH", "BTC, ETH and SOL". */
export function listOf(words: readonly string[], before: "and" | "or" = "and"): string {
  if (words.length < 2) return words.join("");
  return `${words.slice(0, -1).join(", ")} ${before} ${words.at(-1)}`;
}
