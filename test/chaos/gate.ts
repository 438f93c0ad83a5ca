import { setImmediate as nextTurn } from "node:timers/promises";
import type { Edge, StepFault } from "./faults.ts";
import type { SimulatedProcess } from "./process.ts";
import { pause } from "./virtual-time.ts";

/** A touch of the world that a process wants to make; it happens when the schedule grants it. */
export type Step = {
  readonly process: SimulatedProcess;
  readonly edge: Edge;
  readonly label: string;
  /** The server process that a statement runs in; null elsewhere. */
  readonly backend: number | null;
  /** What a fault may need: entries of a batch, whether a transaction is open. */
  readonly entries: number;
  readonly isInTransaction: boolean;
  /** Whether what it publishes has an order within a group. */
  readonly isOrdered: boolean;
};

/** How a granted step is to go; `done` is called when it has. */
export type Grant = { readonly fault: StepFault | null; readonly done: (tookEffect: boolean) => void };

export type Gate = {
  /** Waits for the schedule. */
  readonly arrive: (step: Step) => Promise<Grant>;
  readonly pending: () => readonly Step[];
  readonly grant: (step: Step, fault: StepFault | null) => void;
  /** Waits until every process that can go on by itself has come to its next step, or has ended, or sleeps. */
  readonly settle: (processes: readonly SimulatedProcess[]) => Promise<void>;
  /** A process has done something that is no step: it ended, or fell asleep. */
  readonly noteActivity: () => void;
};

/** Turns of the event loop without anything new. The first ones are at once, the others a millisecond each. */
const quietTurns = 6;
const lockCheckAfterTurns = 8;
const asleepAfterTurns = 20;
const hungAfterMs = 8_000;

/**
 * Lets one step after the other into the world. `waitsForLock` says which of these server processes wait for a lock:
 * their statements are under way and will end when another one has gone on.
 */
export function createGate(options: {
  waitsForLock: (backends: readonly number[]) => Promise<ReadonlySet<number>>;
  onDone: (step: Step, fault: StepFault | null, tookEffect: boolean) => void;
}): Gate {
  const arrived = new Map<Step, (grant: Grant) => void>();
  const underWay = new Set<Step>();
  let activity = 0;
  const isWaiting = (step: Step, locked: ReadonlySet<number>) =>
    step.backend !== null && locked.has(step.backend);

  return {
    noteActivity: () => {
      activity++;
    },
    arrive: step =>
      new Promise(resolve => {
        activity++;
        arrived.set(step, resolve);
      }),
    pending: () => [...arrived.keys()].filter(({ process }) => !process.isKilled),
    grant: (step, fault) => {
      const resolve = arrived.get(step);
      if (!resolve) throw new Error(`The step ${step.label} is not pending`);
      arrived.delete(step);
      underWay.add(step);
      activity++;
      resolve({
        fault,
        done: tookEffect => {
          if (!underWay.delete(step)) return;
          activity++;
          options.onDone(step, fault, tookEffect);
        },
      });
    },
    settle: async processes => {
      let seen = activity;
      let stirredAt = performance.now();
      let turns = 0;
      for (;;) {
        turns++;
        if (activity !== seen) {
          seen = activity;
          stirredAt = performance.now();
          turns = 0;
        }
        const open = [...underWay].filter(({ process }) => !process.isKilled);
        const backends = open.flatMap(({ backend }) => backend ?? []);
        const locked =
          backends.length > 0 && turns > lockCheckAfterTurns
            ? await options.waitsForLock(backends)
            : new Set<number>();
        const unanswered = open.filter(step => !isWaiting(step, locked));
        const restless = processes.filter(
          process =>
            process.task !== null &&
            !process.isKilled &&
            ![...arrived.keys()].some(step => step.process === process) &&
            !open.some(step => step.process === process),
        );
        if (activity !== seen) continue;
        if (unanswered.length === 0 && restless.length === 0 && turns > quietTurns) return;
        if (unanswered.length === 0 && restless.length > 0 && turns > asleepAfterTurns) {
          if (restless.every(({ context }) => context.timers.nextInMs() !== null)) return;
        }
        if (performance.now() - stirredAt > hungAfterMs) {
          const waiting = [...unanswered.map(({ label }) => label), ...restless.map(({ name }) => name)];
          throw new Error(`Nothing has moved for ${hungAfterMs / 1000} s; waited for: ${waiting.join(", ")}`);
        }
        if (turns > lockCheckAfterTurns) await pause(1);
        else await nextTurn();
      }
    },
  };
}
