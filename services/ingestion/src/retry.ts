import { setTimeout as sleep } from "node:timers/promises";
import { ProviderError } from "./provider-error.ts";

const attempts = 4;
const firstWaitMs = 500;

/** Time and chance, as far as a request depends on them. */
export type RetryOptions = {
  /** Milliseconds left for the request with all its waits and tries. */
  readonly deadlineMs: () => number;
  /** From 0 to 1: spreads the tries of callers that failed together. */
  readonly random?: () => number;
  readonly wait?: (ms: number) => Promise<unknown>;
};

/**
 * Calls until it succeeds, the error is one that stays, the attempts are used up, or a wait would pass the
 * deadline. Waits double and are drawn between half and the whole, unless the provider says how long.
 */
export async function withRetries<T>(call: () => Promise<T>, options: RetryOptions): Promise<T> {
  const { deadlineMs, random = Math.random, wait = sleep } = options;
  for (let attempt = 1; ; attempt++) {
    try {
      return await call();
    } catch (error) {
      if (!(error instanceof ProviderError) || error.reaction.kind !== "retry" || attempt === attempts)
        throw error;
      const waitMs = error.reaction.waitMs ?? firstWaitMs * 2 ** (attempt - 1) * (0.5 + random() / 2);
      if (waitMs >= deadlineMs()) throw error;
      await wait(waitMs);
    }
  }
}
