import type { Signal, SignalType } from "@vibe-charting/contracts";
import { plural } from "../format/times.ts";
import { isOpen, signalNames } from "../format/words.ts";

/** How the episodes of one kind ended, over all coins. */
export type SignalRecord = {
  readonly episodes: number;
  readonly open: number;
  readonly over: number;
  readonly refuted: number;
  readonly coins: number;
};

export function recordOf(signals: readonly Pick<Signal, "state" | "cmcId">[]): SignalRecord {
  const count = (wanted: (state: Signal["state"]) => boolean) =>
    signals.filter(({ state }) => wanted(state)).length;
  return {
    episodes: signals.length,
    open: count(isOpen),
    over: count(state => state === "resolved"),
    refuted: count(state => state === "rejected" || state === "failed"),
    coins: new Set(signals.map(({ cmcId }) => cmcId)).size,
  };
}

/** A record in words. It says how episodes ended, which is no promise about the next. */
export function describeRecord(type: SignalType, record: SignalRecord, hasMore: boolean): string {
  const { episodes, open, over, refuted, coins } = record;
  const name = signalNames[type].toLowerCase();
  if (episodes === 0) return `No ${name} is on record.`;
  return `${hasMore ? "The latest " : ""}${plural(episodes, "episode")} of ${plural(coins, "coin")}: ${open} open, ${over} ran their course, ${refuted} did not hold.`;
}
