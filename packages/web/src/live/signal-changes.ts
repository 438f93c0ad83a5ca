import type { Signal } from "@vibe-charting/contracts";
import { signalNames, stateNames } from "../format/words.ts";

export type SignalChange = {
  readonly id: string;
  readonly text: string;
  readonly signal: Signal;
};

/** The signals that are new, or in another state, compared with a list seen before. */
export function signalChanges(before: readonly Signal[], now: readonly Signal[]): SignalChange[] {
  const seen = new Map(before.map(signal => [signal.episodeId, signal.state]));
  return now
    .filter(({ episodeId, state }) => seen.get(episodeId) !== state)
    .map(signal => ({
      id: `${signal.episodeId}:${signal.state}`,
      text: `${signal.symbol}: ${signalNames[signal.type].toLowerCase()} ${stateNames[signal.state].toLowerCase()}`,
      signal,
    }));
}
