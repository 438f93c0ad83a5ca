import type { RunType } from "@vibe-charting/contracts";
import { type Database, finishRun, type RunOutcome, startRun } from "@vibe-charting/database";
import type { Context } from "aws-lambda";
import { logger } from "./logger.ts";

export type TaskContext = {
  readonly db: Database;
  /** When this run was meant to happen: the schedule's time, or the clock where it was invoked by hand. */
  readonly now: Date;
  /** Milliseconds until the function is stopped. */
  readonly remainingMs: () => number;
  /** Adds to the run's details at once: what is noted is recorded although the run fails later. */
  readonly note: (details: RunOutcome["details"]) => void;
};

/** `error` is why the run gave up: recorded like a failure, but not thrown, where another try would not help. */
export type TaskResult = RunOutcome;

/**
 * A handler of a schedule or of an invocation by hand, with its row in `analysis_runs`: what it did, or why it
 * failed. A failure is thrown on, so that the platform retries.
 */
export function scheduledTask<Event>(
  type: RunType,
  openDatabase: () => Promise<Database>,
  run: (event: Event, context: TaskContext) => Promise<TaskResult>,
): (event: Event, context: Context) => Promise<TaskResult> {
  return async (event, context) => {
    logger.addContext(context);
    const db = await openDatabase();
    const id = await startRun(db, type);
    logger.info(`${type} started`, { run: id });
    let noted: RunOutcome["details"] = {};
    try {
      const { details, ...outcome } = await run(event, {
        db,
        now: scheduledTime(event),
        remainingMs: () => context.getRemainingTimeInMillis(),
        note: more => {
          noted = { ...noted, ...more };
        },
      });
      const result = { ...outcome, details: { ...noted, ...details } };
      await finishRun(db, id, result);
      if (result.error === undefined) logger.info(`${type} completed`, { run: id, ...result });
      else logger.error(`${type} gave up`, { run: id, ...result });
      return result;
    } catch (error) {
      logger.error(`${type} failed`, { run: id, error });
      await finishRun(db, id, { recordsProcessed: 0, details: noted, error: String(error) }).catch(
        finishError =>
          logger.error("the run's failure could not be recorded", { run: id, error: finishError }),
      );
      throw error;
    }
  };
}

/** Schedules carry their time in the event, so that a simulated market's schedules follow its clock. */
function scheduledTime(event: unknown): Date {
  if (typeof event === "object" && event !== null && "time" in event && typeof event.time === "string") {
    const time = new Date(event.time);
    if (!Number.isNaN(time.getTime())) return time;
  }
  return new Date();
}
