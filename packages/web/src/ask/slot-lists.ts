import type { Direction, SignalType, Slots, TrendType } from "@vibe-charting/contracts";

function many<T>(value: T | T[] | null): T[] {
  if (value === null) return [];
  return Array.isArray(value) ? value : [value];
}

export const trendList = ({ trend }: Slots): TrendType[] => many(trend);
export const signalList = ({ signal }: Slots): SignalType[] => many(signal);
export const directionList = ({ direction }: Slots): Direction[] => many(direction);

/** "BTC", "BTC and ETH", "BTC, ETH and SOL". */
export function listOf(words: readonly string[]): string {
  if (words.length < 2) return words.join("");
  return `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}
