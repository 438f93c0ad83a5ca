import type { Evidence, SignalState, SignalType } from "@vibe-charting/contracts";
import type { Bars, Interval } from "../bars.ts";
import type { CoinIdentity, Sample } from "../types.ts";

/** What a detector sees at one bar: the bars up to `index`, and nothing later. */
export type View = {
  readonly coin: CoinIdentity;
  readonly samples: readonly Sample[];
  readonly bars: Bars;
  readonly index: number;
};

/** Plain JSON that a detector keeps while its episode is open; times, never positions or rebased prices. */
export type Memory = Readonly<Record<string, number>>;

export type OpenEpisode = {
  readonly openedAt: number;
  /** The bars on which it was opened; it is followed on the same. */
  readonly interval: Interval;
  readonly state: SignalState;
  readonly memory: Memory;
};

/** The outcome of a step: the state that the episode is in now, with the grounds worked out only when asked. */
export type Verdict = {
  readonly state: SignalState;
  readonly confidence: number;
  readonly memory: Memory;
  /** The episode ends because another begins at this very sample: no cooldown comes between them. */
  readonly reopens?: boolean;
  readonly evidence: () => Evidence;
};

/** Conditions as they stand, and the confidence that they would give. */
export type Assessment = { readonly evidence: Evidence; readonly confidence: number };

/**
 * A signal is one of these and an entry in the registry. All functions are pure, see a `View` only, and look
 * no further back than `lookbackDays`.
 */
export type Detector = {
  readonly type: SignalType;
  readonly version: string;
  readonly states: readonly SignalState[];
  /** `hourly` detectors step daily when the sampling is daily; `daily` ones step once a day always. */
  readonly interval: Interval;
  /** After an episode ended, none opens for this long. */
  readonly cooldownMs: number;
  /** Opens an episode, or null; `last` is the memory of the episode before, so that nothing opens twice. */
  readonly open: (view: View, last: Memory | null) => Verdict | null;
  /** Follows an open episode: the same state again means no change. */
  readonly follow: (view: View, episode: OpenEpisode) => Verdict;
  /** The opening conditions at this bar, met or not. */
  readonly assess: (view: View) => Assessment;
};
