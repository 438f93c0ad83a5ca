import { logger } from "@vibe-charting/runtime";
import { checkRun, type Violation } from "./check-run.ts";
import { type Delivery, followDeliveries } from "./deliveries.ts";
import { type FaultKind, faultKinds, faultsAt, type StepFault } from "./faults.ts";
import { openFleet } from "./fleet.ts";
import { sparedAfterDeliveries } from "./functions.ts";
import { createGate, type Step } from "./gate.ts";
import { at, listingAt, listingCount } from "./market.ts";
import { createMessaging } from "./messaging.ts";
import { openObserver } from "./observer.ts";
import type { Outcome } from "./outcome.ts";
import { drawPoison } from "./poison.ts";
import { startTask } from "./process.ts";
import { seededRandom } from "./random.ts";
import { drawPlan } from "./run-plan.ts";
import { pause } from "./virtual-time.ts";
import type { World } from "./world.ts";

export type RunOptions = {
  readonly seed: string;
  /** What the run without faults has left; null for that run itself, which has none. */
  readonly expected: Outcome | null;
  /** A mutation of the product: another statement in the place of its own. */
  readonly rewrite?: ((statement: string) => string) | null;
};

export type RunReport = {
  readonly seed: string;
  readonly violations: readonly Violation[];
  /** How often each kind of fault took effect. */
  readonly faults: Readonly<Partial<Record<FaultKind, number>>>;
  readonly steps: number;
  /** Every step in its order, with the fault that it met. */
  readonly schedule: readonly string[];
  readonly outcome: Outcome | null;
};

const maxSteps = 6_000;
const mostPoison = 3;
const reordering: StepFault = "delivered late, as after a redrive";
/** What shows most comes more often: a process that is gone, and an order that is lost. */
const heavy: ReadonlySet<StepFault> = new Set([
  "killed before the call",
  "killed after the call",
  reordering,
]);

/** Something that can happen next, and how likely it is beside the others. */
type Option = { readonly weight: number; readonly act: () => void | Promise<void> };

/** Lets one market run through the pipeline under the faults that follow from the seed, and checks what is left. */
export async function runOnce(world: World, options: RunOptions): Promise<RunReport> {
  logger.setLogLevel("SILENT");
  const { seed, expected } = options;
  const random = seededRandom(seed);
  const plan = drawPlan(random.fork("plan"));
  const schedule: string[] = [];
  const counts = new Map<FaultKind, number>();
  const count = (kind: FaultKind) => counts.set(kind, (counts.get(kind) ?? 0) + 1);
  const note = (line: string) => schedule.push(`${schedule.length} ${line}`);

  const address = await world.createDatabase();
  const messaging = await createMessaging(world, address.database);
  const observer = openObserver(address, world.password);
  const deliveries = followDeliveries();
  const gate = createGate({
    waitsForLock: observer.waitsForLock,
    onDone: (_step, fault, tookEffect) => {
      if (fault && tookEffect) count(fault);
    },
  });

  /** The listing that the provider gives now, and whether it was taken in. */
  let listing = 0;
  let isTaken = false;
  const readIsTaken = async () => {
    const found = await observer.query(
      "SELECT FROM market_snapshots WHERE origin = 'listing' AND observed_at = $1",
      [at(listing)],
    );
    return found.length > 0;
  };
  let isFaulty = expected !== null;
  const violations: Violation[] = [];
  const poison: string[] = [];
  const late: (() => Promise<void>)[] = [];
  const deliverLate = async () => {
    note("late messages come");
    await late.shift()?.();
  };
  let last: Step["process"] | null = null;
  const fleet = await openFleet({
    world,
    gate,
    address,
    random,
    messaging,
    observer,
    deliveries,
    listing: () => listingAt(listing),
    rewrite: options.rewrite ?? (statement => statement),
    onLate: deliver => late.push(deliver),
    onCrash: (name, error) => {
      note(`${name} crashed: ${firstLine(error)}`);
      count("crashed by an error that nobody caught");
      gate.noteActivity();
    },
  });

  const start = (task: string, member: (typeof fleet.members)[number]) => {
    note(`${member.sandbox.process.name} starts: ${task}`);
    const event = { time: at(listing).toISOString(), ignorePause: !isFaulty };
    startTask(
      member.sandbox.process,
      task,
      () => member.invoke(event),
      error => {
        note(`${member.sandbox.process.name} ended${error ? `: ${firstLine(error)}` : ""}`);
        // Without faults nothing fails, whatever the market's listing has in it.
        if (error && !expected)
          violations.push({ invariant: "nothing fails by itself", detail: firstLine(error) });
        gate.noteActivity();
      },
    );
  };
  const visible = (queue: typeof messaging.analysisQueue) => messaging.depth(queue).visible;

  const grant = (step: Step) => {
    const fault = drawFault(step);
    note(`${step.process.name}: ${step.label}${fault ? `  <- ${fault}` : ""}`);
    last = step.process;
    gate.grant(step, fault);
  };
  const drawFault = (step: Step): StepFault | null => {
    if (!isFaulty || step.process.isSpared || !random.chance(plan.rateAt[step.edge])) return null;
    const possible = faultsAt(step.edge).filter(kind => plan.kinds.has(kind) && isPossible(kind, step));
    if (possible.length === 0) return null;
    return pickWeighted(
      random.unit(),
      possible.map(kind => ({ kind, weight: heavy.has(kind) ? 3 : 1 })),
    ).kind;
  };

  /** Messages that nobody works on any more; their visibility runs out some time. */
  const isAbandoned = ({ owner, task }: Delivery) =>
    owner.isKilled || owner.task === null || owner.task !== task;
  const runOutVisibility = async (delivery: Delivery) => {
    const abandoned = isAbandoned(delivery);
    note(
      `visibility of ${delivery.messageId.slice(0, 8)} runs out${abandoned ? "" : ` at ${delivery.owner.name}`}`,
    );
    if (!abandoned) count("visibility ran out during the work");
    deliveries.forget(delivery);
    await messaging.runOutVisibility(delivery);
  };
  const runOutLeases = async () => {
    const leased = await observer.query(
      "UPDATE outbox SET leased_until = now() - interval '1 second' WHERE leased_until >= now() RETURNING id",
    );
    note(`${leased.length} leases run out`);
    if (leased.length > 0 && fleet.isBusy("drain")) count("lease ran out during the drain");
  };

  /** What comes from outside between two steps, where the plan has it. */
  const worldOptions = (): readonly Option[] => {
    const has = (kind: FaultKind) => plan.kinds.has(kind);
    const found: Option[] = [];
    const add = (condition: boolean, weight: number, act: Option["act"]) => {
      if (condition) found.push({ weight, act });
    };
    const expiring = deliveries
      .inFlight()
      .filter(delivery => isAbandoned(delivery) || has("visibility ran out during the work"))
      .filter(
        ({ receiveCount, owner }) => receiveCount < sparedAfterDeliveries && !(owner.isSpared && owner.task),
      );
    add(expiring.length > 0, 4, () => runOutVisibility(random.pick(expiring)));
    add(has("lease ran out during the drain"), 3, runOutLeases);
    // Mostly they come when all is over, and then they are certainly older than what is there.
    add(late.length > 0, 0.3, deliverLate);
    const isAnySpared = fleet.members.some(({ sandbox: { process } }) => process.isSpared && process.task);
    const restarts = counts.get("PostgreSQL restarted") ?? 0;
    add(has("PostgreSQL restarted") && !isAnySpared && restarts < 1, 0.5, async () => {
      count("PostgreSQL restarted");
      note("PostgreSQL restarts");
      await world.restartPostgres();
    });
    add(has("clock jumped"), 2, () => {
      const { process } = random.pick(fleet.members).sandbox;
      count("clock jumped");
      process.context.clockOffsetMs = (random.unit() - 0.5) * 4 * 86_400_000;
      note(`the clock of ${process.name} jumps to ${Math.round(process.context.clockOffsetMs / 1000)} s off`);
    });
    const seen = deliveries.seen().filter(({ body }) => !poison.includes(body));
    const again = (kind: FaultKind, queue: typeof messaging.analysisQueue) => {
      const messages = seen.filter(({ queueUrl }) => queueUrl === queue.url);
      add(has(kind) && messages.length > 0, 2, async () => {
        const { body, messageId } = random.pick(messages);
        count(kind);
        note(`${messageId.slice(0, 8)} is delivered again`);
        const group = queue === messaging.analysisQueue ? groupOf(body) : null;
        await messaging.send(queue, body, group, `again-${schedule.length}`);
      });
    };
    again("old message delivered again", messaging.analysisQueue);
    again("alert delivered again", messaging.alertsQueue);
    add(has("poison") && poison.length < mostPoison, 2, async () => {
      const body = drawPoison(random, `poison-${poison.length}`);
      poison.push(body);
      count("poison");
      note(`poison: ${body.slice(0, 60)}`);
      await messaging.send(
        messaging.analysisQueue,
        body,
        random.pick(["999", "1", "strange"]),
        body.slice(-40).replaceAll(/[^a-z0-9-]/g, "") + String(poison.length),
      );
    });
    const idleDrains = fleet.idle("drain");
    const drain = idleDrains[0];
    if (drain) {
      const isSecond = fleet.isBusy("drain");
      add(!isSecond || has("two drains at once"), 3, () => {
        if (isSecond) count("two drains at once");
        start("drain", drain);
      });
    }
    const catchUp = fleet.idle("catch-up")[0];
    if (catchUp)
      add(has("catch-up in between"), 1, () => {
        count("catch-up in between");
        start("catch-up", catchUp);
      });
    return found;
  };

  const pipelineOptions = (): readonly Option[] => {
    const found: Option[] = [];
    const steps = gate.pending();
    const sticky = steps.filter(({ process }) => process === last);
    if (sticky.length > 0 && random.chance(plan.stickiness))
      return [{ weight: 1, act: () => grant(random.pick(sticky)) }];
    for (const step of steps) found.push({ weight: 1, act: () => grant(step) });
    const weight = found.length > 0 ? plan.startWeight : 1;
    for (const { sandbox } of fleet.members) {
      const { process } = sandbox;
      const isAsleep =
        process.task !== null &&
        !steps.some(step => step.process === process) &&
        process.context.timers.nextInMs() !== null;
      if (!isAsleep) continue;
      found.push({
        weight,
        act: () => {
          note(`${process.name} wakes after ${Math.round(process.context.timers.nextInMs() ?? 0)} ms`);
          process.context.timers.runNext();
          gate.noteActivity();
        },
      });
    }
    const [ingestion] = fleet.idle("ingestion");
    const isIngesting = fleet.isBusy("ingestion");
    const mayRepeat = isFaulty && plan.kinds.has("two ingestions at once");
    if (ingestion && !isTaken && (!isIngesting || mayRepeat))
      found.push({
        weight: isIngesting ? weight / 20 : weight / 2,
        act: () => {
          if (isIngesting) count("two ingestions at once");
          start(`ingestion of listing ${listing}`, ingestion);
        },
      });
    for (const [role, queue] of [
      ["analysis", messaging.analysisQueue],
      ["subscriber", messaging.alertsQueue],
    ] as const) {
      const member = fleet.idle(role)[0];
      if (member && visible(queue) > 0) found.push({ weight, act: () => start("a batch", member) });
    }
    return found;
  };

  let outcome: Outcome | null = null;
  try {
    for (;;) {
      if (schedule.length > maxSteps)
        throw new Error(`The pipeline does not come to rest within ${maxSteps} steps`);
      await gate.settle(fleet.processes());
      await fleet.replaceKilled();
      // The next listing comes when no invocation for this one lives any more.
      if (!fleet.isBusy("ingestion")) {
        isTaken ||= await readIsTaken();
        if (isTaken && listing < listingCount - 1) {
          listing++;
          isTaken = false;
        }
      }
      if (isFaulty && schedule.length > plan.faultySteps) {
        isFaulty = false;
        note("--- the faults stop ---");
      }
      const [abandoned] = deliveries.inFlight().filter(isAbandoned);
      if (abandoned && !isFaulty) {
        await runOutVisibility(abandoned);
        continue;
      }
      const fromWorld = isFaulty && random.chance(plan.worldRate) ? worldOptions() : [];
      const found = fromWorld.length > 0 ? fromWorld : pipelineOptions();
      if (found.length > 0) {
        await pickWeighted(random.unit(), found).act();
        continue;
      }
      if (fleet.processes().some(({ task }) => task !== null)) {
        // Statements wait for each other: the server finds a deadlock out by itself.
        await pause(5);
        continue;
      }
      // Nothing can go on by itself: time passes.
      if (late.length > 0) {
        await deliverLate();
        continue;
      }
      if (abandoned) {
        await runOutVisibility(abandoned);
        continue;
      }
      const [waiting] = await observer.query("SELECT FROM outbox WHERE published_at IS NULL LIMIT 1");
      const [drain] = fleet.idle("drain");
      if (waiting && drain) {
        await runOutLeases();
        start("drain", drain);
        continue;
      }
      if (isFaulty) {
        isFaulty = false;
        continue;
      }
      break;
    }
    const checked = await checkRun({ observer, messaging, deliveries, poison, expected });
    outcome = checked.outcome;
    violations.push(...checked.violations);
    const pools = fleet.members.reduce((sum, { sandbox }) => sum + sandbox.maxPoolSize, 0);
    const sessions = await observer.sessions();
    if (sessions.length > pools)
      violations.push({
        invariant: "no connection is leaked",
        detail: `${sessions.length} of at most ${pools}`,
      });
  } catch (error) {
    violations.push({ invariant: "the pipeline goes on", detail: String(error) });
  }
  await fleet.close();
  const left = await waitUntilGone(observer.sessions);
  if (left > 0) violations.push({ invariant: "no connection outlives its process", detail: `${left} do` });
  await observer.end();
  await messaging.remove();
  await world.dropDatabase(address);
  const faults = Object.fromEntries(
    faultKinds.flatMap(kind => (counts.has(kind) ? [[kind, counts.get(kind)]] : [])),
  );
  return { seed, violations, faults, steps: schedule.length, schedule, outcome };
}

function isPossible(kind: StepFault, step: Step): boolean {
  if (kind === "accepted in part") return step.entries > 1;
  if (kind === reordering) return step.isOrdered;
  // A statement within a transaction has no commit of its own, and those that begin or end one are none.
  if (kind === "slow commit")
    return !step.isInTransaction && /^(?:insert|update|select|with|delete)/i.test(step.label);
  return true;
}

function groupOf(body: string): string {
  return String(JSON.parse(body).data.cmcId);
}

function firstLine(error: unknown): string {
  return String(error).split("\n")[0]?.slice(0, 160) ?? "";
}

function pickWeighted<Weighted extends { readonly weight: number }>(
  unit: number,
  options: readonly Weighted[],
): Weighted {
  let rest = unit * options.reduce((sum, { weight }) => sum + weight, 0);
  const found = options.find(({ weight }) => {
    rest -= weight;
    return rest < 0;
  });
  const picked = found ?? options.at(-1);
  if (!picked) throw new RangeError("There is nothing to pick from");
  return picked;
}

/** The server takes a moment to end the sessions of a process that is gone. */
async function waitUntilGone(sessions: () => Promise<readonly unknown[]>): Promise<number> {
  const deadline = performance.now() + 3_000;
  let left = (await sessions()).length;
  while (left > 0 && performance.now() < deadline) left = (await sessions()).length;
  return left;
}
