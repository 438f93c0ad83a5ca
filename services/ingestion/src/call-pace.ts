import { setTimeout as sleep } from "node:timers/promises";
import { ProviderError } from "./provider-error.ts";
import type { RetryOptions } from "./retry.ts";

/** A provider that still refuses is asked no less often than this. */
const slowestIntervalMs = 15_000;

/** Keeps requests to one provider apart, those of later callers too. */
export type CallPace = {
  /** Resolves when the next request may be sent. Throws a ProviderError when that would pass the deadline. */
  take(provider: string, time: RetryOptions): Promise<void>;
  /** The provider said that requests come too often: from now on they are half as frequent. */
  slowDown(): void;
};

/** `callsPerMinute` is null for a provider that may be asked at any rate. */
export function callPace(callsPerMinute: number | null, now: () => number = Date.now): CallPace {
  let intervalMs = callsPerMinute === null ? 0 : 60_000 / callsPerMinute;
  let nextAt = Number.NEGATIVE_INFINITY;
  return {
    take: async (provider, { deadlineMs, wait = sleep }) => {
      const waitMs = Math.max(0, nextAt - now());
      if (waitMs > 0 && waitMs >= deadlineMs()) {
        throw new ProviderError(`There is no time left for another request to ${provider}`, {
          kind: "retry",
          waitMs,
        });
      }
      // Taken before the wait, so that two callers never share a turn.
      nextAt = now() + waitMs + intervalMs;
      if (waitMs > 0) await wait(waitMs);
    },
    slowDown: () => {
      intervalMs = Math.min(slowestIntervalMs, 2 * intervalMs);
    },
  };
}
