import { findPauseEnd, type Queryable } from "@vibe-charting/database";
import type { TaskResult } from "@vibe-charting/runtime";
import { ProviderError } from "./provider-error.ts";

const dayMs = 24 * 60 * 60 * 1_000;

/**
 * Does nothing while an allowance of the provider is used up, and gives up when it finds that out. Neither is thrown:
 * the platform would try again, in vain. The day's allowance is renewed at 00:00 UTC; whether the month's is, or
 * the plan was changed, one refused request a day finds out, which costs no credit.
 */
export async function unlessPaused(
  db: Queryable,
  { now, ignorePause }: { readonly now: Date; readonly ignorePause: boolean },
  run: () => Promise<TaskResult>,
): Promise<TaskResult> {
  const pausedUntil = ignorePause ? null : await findPauseEnd(db, "data_ingestion");
  if (pausedUntil !== null && pausedUntil > now) {
    return gaveUp(pausedUntil, "The provider's allowance is used up, as an earlier run found.");
  }
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof ProviderError) || error.reaction.kind !== "pause") throw error;
    return gaveUp(endOfDay(now), error.message);
  }
}

function gaveUp(pausedUntil: Date, reason: string): TaskResult {
  const until = pausedUntil.toISOString();
  return {
    recordsProcessed: 0,
    details: { pausedUntil: until },
    error: `${reason} Nothing is asked of the provider before ${until}; invoke with {"ignorePause": true} to ask at once.`,
  };
}

function endOfDay(now: Date): Date {
  return new Date((Math.floor(now.getTime() / dayMs) + 1) * dayMs);
}
