import { type Edge, type FaultKind, faultKinds } from "./faults.ts";
import type { Random } from "./random.ts";

/** How hard a run is on the pipeline, and how it lets processes take turns; drawn once for each run. */
export type RunPlan = {
  readonly kinds: ReadonlySet<FaultKind>;
  readonly rateAt: Readonly<Record<Edge, number>>;
  /** How likely the process that went last goes on. */
  readonly stickiness: number;
  /** How likely something from outside comes between two steps. */
  readonly worldRate: number;
  /** How willingly schedules and queues start functions while others work. */
  readonly startWeight: number;
  /** Steps after which no fault happens any more. */
  readonly faultySteps: number;
};

/** Few kinds at high rates in one run, many at low ones in another: faults hide each other otherwise. */
export function drawPlan(random: Random): RunPlan {
  const share = random.pick([0.4, 0.6, 0.8, 1]);
  const intensity = random.pick([0.5, 1, 2]);
  const rate = (perStep: number) => Math.min(0.6, perStep * intensity);
  return {
    kinds: new Set(faultKinds.filter(() => random.chance(share))),
    rateAt: {
      connect: rate(0.06),
      statement: rate(0.012),
      commit: rate(0.25),
      publish: rate(0.3),
      receive: rate(0.08),
      delete: rate(0.1),
      listing: rate(0.25),
      "rest of body": 0,
    },
    stickiness: random.pick([0, 0.5, 0.9]),
    worldRate: 0.012 * intensity,
    startWeight: random.pick([0.1, 0.4, 1]),
    faultySteps: 200 + random.below(600),
  };
}
