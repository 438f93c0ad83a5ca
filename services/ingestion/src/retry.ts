import { setTimeout as sleep } from "node:timers/promises";
import { ProviderError } from "./provider-error.ts";

const attempts = 4;
const firstWaitMs = 500;

/**
 * Calls until it succeeds, the error is one that stays, the attempts are used up, or a wait would pass the
 * deadline. Waits double and are drawn between half and the whole, unless the provider says how long.
 */
export async function withRetries<T>(
  call: () => Promise<T>,
  options: { deadlineMs: () => number; random?: () => number; wait?: (ms: number) => Promise<unknown> },
): Promise<T> {
  const { deadlineMs, random = Math.random, wait = sleep } = options;
  for (let attempt = 1; ; attempt++) {
    try {
      return await call();
    } catch (error) {
      if (!(error instanceof ProviderError) || !error.retryable || attempt === attempts) throw error;
      const waitMs = error.retryAfterMs ?? firstWaitMs * 2 ** (attempt - 1) * (0.5 + random() / 2);
      if (waitMs >= deadlineMs()) throw error;
      await wait(waitMs);
    }
  }
}
