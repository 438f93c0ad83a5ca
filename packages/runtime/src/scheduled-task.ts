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
};

export type TaskResult = Omit<RunOutcome, "error">;

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
    try {
      const result = await run(event, {
        db,
        now: scheduledTime(event),
        remainingMs: () => context.getRemainingTimeInMillis(),
      });
      await finishRun(db, id, result);
      logger.info(`${type} completed`, { run: id, ...result });
      return result;
    } catch (error) {
      logger.error(`${type} failed`, { run: id, error });
      await finishRun(db, id, { recordsProcessed: 0, details: {}, error: String(error) }).catch(finishError =>
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
