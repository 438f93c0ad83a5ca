/** Where a process touches the world outside it: each touch is a step that the schedule grants. */
export type Edge =
  | "connect"
  | "statement"
  | "commit"
  | "publish"
  | "receive"
  | "delete"
  | "listing"
  | "rest of body";

/** What a fault does at the step that it meets. */
const stepFaults = {
  "killed before the call": ["connect", "statement", "commit", "publish", "receive", "delete", "listing"],
  "killed after the call": ["statement", "commit", "publish", "receive", "delete", "listing"],
  "connection refused": ["connect"],
  "connection cut before the statement": ["statement"],
  "connection cut after the statement": ["statement"],
  "backend terminated": ["statement"],
  "slow commit": ["statement"],
  "call refused": ["publish", "receive", "delete"],
  "call throttled": ["publish", "receive", "delete"],
  "accepted, then timed out": ["publish", "receive", "delete"],
  "accepted in part": ["publish", "delete"],
  "accepted twice": ["publish"],
  "delivered again past the deduplication window": ["publish"],
  "delivered late, as after a redrive": ["publish"],
  "provider answers 429": ["listing"],
  "provider answers 503": ["listing"],
  "provider refuses its key": ["listing"],
  "the day's limit is used up": ["listing"],
  "half a body": ["listing"],
  "slow body": ["listing"],
  "wrong JSON": ["listing"],
  "an error page": ["listing"],
} as const satisfies Record<string, readonly Edge[]>;

/** What happens between steps. */
const worldFaults = [
  "PostgreSQL restarted",
  "visibility ran out during the work",
  "lease ran out during the drain",
  "clock jumped",
  "old message delivered again",
  "alert delivered again",
  "two drains at once",
  "two ingestions at once",
  "catch-up in between",
  "poison",
  "crashed by an error that nobody caught",
] as const;

export type StepFault = keyof typeof stepFaults;
type WorldFault = (typeof worldFaults)[number];
export type FaultKind = StepFault | WorldFault;

// The keys of the object are its faults.
const stepFaultKinds = Object.keys(stepFaults) as readonly StepFault[];
export const faultKinds: readonly FaultKind[] = [...stepFaultKinds, ...worldFaults];

/** The faults that can happen at an edge. */
export function faultsAt(edge: Edge): readonly StepFault[] {
  return stepFaultKinds.filter(kind => (stepFaults[kind] as readonly Edge[]).includes(edge));
}
