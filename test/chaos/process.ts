import type { Random } from "./random.ts";
import { type ProcessContext, processTimers, runInProcess } from "./virtual-time.ts";

/** One process of the product: a sandbox of a function, which lives until it is killed. */
export type SimulatedProcess = {
  readonly name: string;
  readonly context: ProcessContext;
  /** What it works on now; null while it waits to be invoked. */
  task: string | null;
  isKilled: boolean;
  /** Set while it works on a message that was delivered so often that a fault more would park it for good. */
  isSpared: boolean;
  /** Called when it is killed: whatever it holds of the world is let go of, and it hears of nothing. */
  readonly onKill: (() => void)[];
};

export function simulatedProcess(
  name: string,
  random: Random,
  onCrash: (error: unknown) => void,
): SimulatedProcess {
  const process: SimulatedProcess = {
    name,
    context: {
      clockOffsetMs: 0,
      random: random.fork(name),
      timers: processTimers(),
      crash: error => {
        if (!process.isKilled) onCrash(error);
        killProcess(process);
      },
    },
    task: null,
    isKilled: false,
    isSpared: false,
    onKill: [],
  };
  return process;
}

/** Ends a process as `kill -9` does: its connections are gone, and nothing of it takes effect any more. */
export function killProcess(process: SimulatedProcess): void {
  if (process.isKilled) return;
  process.isKilled = true;
  process.context.timers.clear();
  for (const release of process.onKill) release();
}

/** Starts a task in a process; `ended` hears how it went, unless the process is killed before. */
export function startTask(
  process: SimulatedProcess,
  task: string,
  work: () => Promise<void>,
  ended: (error: unknown) => void,
): void {
  process.task = task;
  const finish = (error: unknown) => {
    if (process.isKilled) return;
    process.task = null;
    process.isSpared = false;
    ended(error);
  };
  runInProcess(process.context, () => {
    work().then(() => finish(null), finish);
  });
}
