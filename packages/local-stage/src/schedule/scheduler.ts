import { randomUUID } from "node:crypto";
import type { FunctionHost } from "../functions/function-host.ts";
import { LocalStageError } from "../local-stage-error.ts";
import { isRecord, LOCAL_ACCOUNT_ID } from "../resource-reader.ts";
import type { Schedule } from "./schedule-plan.ts";

/** `wall` follows the machine's clock; `market` stands still until it is advanced. */
export type StageClock = { kind: "wall" } | { kind: "market"; startMs: number };

export type Firing = { schedule: string; functionName: string; timeMs: number; ok: boolean };

export type Scheduler = {
  /**
   * Market clock only: fires what falls due after the clock's time and up to `timeMs`, one after the other in
   * order of time, and resolves when the last has ended. With `latest`, a schedule that falls due several
   * times fires once, for the last of them.
   */
  advanceTo(timeMs: number, missed?: "every" | "latest"): Promise<Firing[]>;
  /** Switches a schedule off or on, by physical or logical name, the end of either, or its function's name. */
  setEnabled(name: string, enabled: boolean): void;
  names(): string[];
  stop(): void;
};

/** Longest sleep of the wall clock's timer, so that a suspended laptop catches up soon after it wakes. */
const MAX_SLEEP_MS = 60_000;

export function startScheduler(options: {
  schedules: Schedule[];
  clock: StageClock;
  host: Pick<FunctionHost, "invoke">;
  region: string;
  log: (message: string) => void;
}): Scheduler {
  const { schedules, clock } = options;
  const off = new Set<Schedule>();
  let stopped = false;
  let marketMs = clock.kind === "market" ? clock.startMs : 0;
  let advancing: Promise<unknown> = Promise.resolve();
  const timers = new Map<Schedule, NodeJS.Timeout>();

  const fire = async (schedule: Schedule, timeMs: number): Promise<Firing> => {
    const event = buildEvent(schedule, timeMs, clock, options.region);
    const result = await options.host.invoke(schedule.functionName, event);
    if (!result.ok && !stopped) {
      options.log(`schedule ${schedule.name}: ${schedule.functionName} failed: ${result.error.errorMessage}`);
    }
    return { schedule: schedule.name, functionName: schedule.functionName, timeMs, ok: result.ok };
  };

  /** An occurrence missed while the machine slept fires once, late; earlier ones are dropped. */
  const arm = (schedule: Schedule, dueMs: number | undefined): void => {
    if (dueMs === undefined || stopped) return;
    const sleepMs = Math.min(MAX_SLEEP_MS, Math.max(0, dueMs - Date.now()));
    const timer = setTimeout(() => {
      const now = Date.now();
      if (now < dueMs) return arm(schedule, dueMs);
      if (!off.has(schedule)) {
        void fire(schedule, dueMs).catch(error => options.log(`schedule ${schedule.name}: ${String(error)}`));
      }
      arm(schedule, schedule.occurrences.next(Math.max(dueMs, now)));
    }, sleepMs);
    timers.set(schedule, timer);
  };
  if (clock.kind === "wall") {
    for (const schedule of schedules) arm(schedule, schedule.occurrences.next(Date.now()));
  }

  const advance = async (timeMs: number, missed: "every" | "latest"): Promise<Firing[]> => {
    const fired: Firing[] = [];
    for (const { schedule, dueMs } of dueBetween(schedules, marketMs, timeMs, missed)) {
      if (stopped) break;
      // Seen now rather than before: a firing may switch another schedule off.
      if (!off.has(schedule)) fired.push(await fire(schedule, dueMs));
    }
    marketMs = Math.max(marketMs, timeMs);
    return fired;
  };

  return {
    advanceTo: async (timeMs, missed = "every") => {
      if (clock.kind !== "market") {
        throw new LocalStageError("The schedules follow the machine's clock, which cannot be advanced.");
      }
      const turn = advancing.then(() => advance(timeMs, missed));
      advancing = turn.catch(() => undefined);
      return await turn;
    },
    setEnabled: (name, enabled) => {
      for (const schedule of findSchedules(schedules, name)) {
        if (enabled) off.delete(schedule);
        else off.add(schedule);
      }
    },
    names: () => schedules.map(schedule => schedule.name),
    stop: () => {
      stopped = true;
      for (const timer of timers.values()) clearTimeout(timer);
    },
  };
}

function dueBetween(
  schedules: Schedule[],
  afterMs: number,
  untilMs: number,
  missed: "every" | "latest",
): { schedule: Schedule; dueMs: number }[] {
  const due = schedules.flatMap(schedule => {
    const times: { schedule: Schedule; dueMs: number }[] = [];
    let next = schedule.occurrences.next(afterMs);
    while (next !== undefined && next <= untilMs) {
      if (missed === "latest") times.length = 0;
      times.push({ schedule, dueMs: next });
      next = schedule.occurrences.next(next);
    }
    return times;
  });
  return due.sort((a, b) => a.dueMs - b.dueMs);
}

function findSchedules(schedules: Schedule[], name: string): Schedule[] {
  const matches = (test: (candidate: string) => boolean) =>
    schedules.filter(({ name: own, resourceName, functionName }) =>
      [own, resourceName, functionName].some(test),
    );
  const exact = matches(candidate => candidate === name);
  const found =
    exact.length > 0 ? exact : matches(candidate => candidate.toLowerCase().endsWith(name.toLowerCase()));
  if (found.length > 0) return found;
  throw new LocalStageError(
    `There is no schedule "${name}"; the stacks declare ${schedules.map(schedule => schedule.name).join(", ") || "none"}.`,
  );
}

/** The schedule's own input with Scheduler's context attributes filled in, or its default event. */
function buildEvent(schedule: Schedule, timeMs: number, clock: StageClock, region: string): unknown {
  const time = new Date(timeMs).toISOString().replace(".000Z", "Z");
  if (schedule.input === undefined) {
    return {
      version: "0",
      id: randomUUID(),
      "detail-type": "Scheduled Event",
      source: "aws.scheduler",
      account: LOCAL_ACCOUNT_ID,
      time,
      region,
      resources: [schedule.arn],
      detail: "{}",
    };
  }
  const text = schedule.input
    .replaceAll("<aws.scheduler.scheduled-time>", time)
    .replaceAll("<aws.scheduler.schedule-arn>", schedule.arn)
    .replaceAll("<aws.scheduler.execution-id>", randomUUID())
    .replaceAll("<aws.scheduler.attempt-number>", "1");
  const input: unknown = JSON.parse(text);
  // On AWS "now" is the schedule's time; under the market's clock the event has to say what time it is.
  return clock.kind === "market" && isRecord(input) ? { time, ...input } : input;
}
