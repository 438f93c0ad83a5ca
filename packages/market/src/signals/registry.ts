import { closedSignalStates, type SignalState, type SignalType } from "@vibe-charting/contracts";
import { bottomedOut } from "./bottomed-out.ts";
import type { Detector } from "./detector.ts";
import { pumpAndDump } from "./pump-and-dump.ts";
import { twoHighsOneLow } from "./two-highs-one-low.ts";
import { volumeAnomaly } from "./volume-anomaly.ts";

/** Every signal there is: a new one is a file beside these and an entry here. */
export const detectors: readonly Detector[] = [pumpAndDump, bottomedOut, volumeAnomaly, twoHighsOneLow];

export type RegisteredSignal = {
  readonly type: SignalType;
  readonly version: string;
  readonly states: readonly SignalState[];
};

export const signalRegistry: readonly RegisteredSignal[] = detectors.map(({ type, version, states }) => ({
  type,
  version,
  states,
}));

/** The state in which an episode of a type ends that turns out not to be one: its refutation, where it has one. */
export function refutedState(type: SignalType): SignalState {
  const states = signalRegistry.find(signal => signal.type === type)?.states ?? [];
  return closedSignalStates.find(closed => states.includes(closed)) ?? "resolved";
}
