import { AsyncLocalStorage } from "node:async_hooks";
import { syncBuiltinESMExports } from "node:module";
import timersPromises from "node:timers/promises";
import type { Random } from "./random.ts";

/** What a simulated process has of its own instead of the machine's: its clock, its timers, its chance. */
export type ProcessContext = {
  /** How far the process's clock is from the right time; a jump changes it. */
  clockOffsetMs: number;
  readonly random: Random;
  readonly timers: ProcessTimers;
  /** Called with an error that nobody has caught: it ends a real process. */
  readonly crash: (error: unknown) => void;
};

type Timer = { readonly dueMs: number; readonly run: () => void };
/** Timers that never run out by themselves: the schedule decides when they do. */
export type ProcessTimers = {
  /** The time until the next one runs out; null without any. */
  readonly nextInMs: () => number | null;
  readonly runNext: () => void;
  readonly clear: () => void;
  readonly add: (timer: Omit<Timer, "dueMs">, ms: number) => Timer;
  readonly remove: (timer: Timer) => void;
};

const current = new AsyncLocalStorage<ProcessContext>();
const realSetTimeout = globalThis.setTimeout;
const realClearTimeout = globalThis.clearTimeout;
const realSleep = timersPromises.setTimeout;
const realRandom = Math.random;
const RealDate = globalThis.Date;

/** Runs what a simulated process does, with everything that it starts. */
export function runInProcess<Result>(context: ProcessContext, work: () => Result): Result {
  installOnce();
  return current.run(context, work);
}

/** A real pause. */
export async function pause(ms: number): Promise<void> {
  await new Promise<void>(resolve => {
    realSetTimeout(resolve, ms);
  });
}

export function processTimers(): ProcessTimers {
  const timers = new Set<Timer>();
  let nowMs = 0;
  const next = () => [...timers].reduce<Timer | null>((a, b) => (a && a.dueMs <= b.dueMs ? a : b), null);
  return {
    nextInMs: () => {
      const timer = next();
      return timer && Math.max(0, timer.dueMs - nowMs);
    },
    runNext: () => {
      const timer = next();
      if (!timer) return;
      timers.delete(timer);
      nowMs = Math.max(nowMs, timer.dueMs);
      timer.run();
    },
    clear: () => timers.clear(),
    add: ({ run }, ms) => {
      const timer = { run, dueMs: nowMs + ms };
      timers.add(timer);
      return timer;
    },
    remove: timer => {
      timers.delete(timer);
    },
  };
}

/** How to cancel a timer of a simulated process, by the handle that its code was given. */
const cancels = new WeakMap<object, () => void>();

/** A handle as far as libraries look at it. */
function virtualTimeout(timers: ProcessTimers, run: () => void, ms: number): object {
  const timer = timers.add({ run }, ms);
  const handle = { ref: () => handle, unref: () => handle, hasRef: () => false };
  cancels.set(handle, () => timers.remove(timer));
  return handle;
}

let isInstalled = false;

/** Ends this program as if nothing were simulated. */
function failForGood(error: unknown): never {
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  process.exit(1);
}

/** The clock, timers and chance of simulated processes take the place of the machine's within them, and only there. */
function installOnce(): void {
  if (isInstalled) return;
  isInstalled = true;
  process.setUncaughtExceptionCaptureCallback(error => {
    const context = current.getStore();
    if (context) context.crash(error);
    else failForGood(error);
  });
  const setVirtual = (callback: (...args: unknown[]) => void, ms = 0, ...args: unknown[]) => {
    const context = current.getStore();
    // What is due at once is no wait.
    if (!context || !(ms > 1)) return realSetTimeout(callback, ms, ...args);
    return virtualTimeout(context.timers, () => current.run(context, () => callback(...args)), ms);
  };
  const clearVirtual = (timer: unknown) => {
    const cancel = typeof timer === "object" && timer !== null ? cancels.get(timer) : undefined;
    if (cancel) cancel();
    // Whatever else clearTimeout takes.
    else realClearTimeout(timer as NodeJS.Timeout);
  };
  // The typed originals have properties for promisify, which nothing here uses.
  globalThis.setTimeout = setVirtual as unknown as typeof setTimeout;
  globalThis.clearTimeout = clearVirtual as typeof clearTimeout;
  timersPromises.setTimeout = (async (ms: number, value: unknown, options?: object) => {
    const context = current.getStore();
    if (!context || !(ms > 1)) return await realSleep(ms, value, options);
    await new Promise<void>(resolve => {
      context.timers.add({ run: resolve }, ms);
    });
    return value;
  }) as typeof timersPromises.setTimeout;
  syncBuiltinESMExports();

  Math.random = () => current.getStore()?.random.unit() ?? realRandom();
  const now = () => RealDate.now() + (current.getStore()?.clockOffsetMs ?? 0);
  globalThis.Date = new Proxy(RealDate, {
    construct: (target, args, newTarget) =>
      Reflect.construct(target, args.length > 0 ? args : [now()], newTarget),
    get: (target, property, receiver) => (property === "now" ? now : Reflect.get(target, property, receiver)),
  });
}
