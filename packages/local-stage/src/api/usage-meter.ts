import type { QuotaPeriod, UsagePlan } from "./usage-plan-reader.ts";

export type Admission =
  | { kind: "admitted"; apiKeyId: string }
  | { kind: "forbidden" }
  | { kind: "throttled" }
  | { kind: "quota-exceeded" };

export type TokenBucket = { take(nowMs: number): boolean };

/** Holds up to `burst` tokens, refilled at the rate; starts full. */
export function createTokenBucket(limit: { ratePerSecond: number; burst: number }): TokenBucket {
  let tokens = limit.burst;
  let filledAtMs: number | undefined;
  return {
    take: nowMs => {
      const elapsedSeconds = filledAtMs === undefined ? 0 : Math.max(0, nowMs - filledAtMs) / 1000;
      tokens = Math.min(limit.burst, tokens + elapsedSeconds * limit.ratePerSecond);
      filledAtMs = nowMs;
      if (tokens < 1) return false;
      tokens -= 1;
      return true;
    },
  };
}

/** First instant of the period that holds the time, in UTC, as API Gateway counts quotas. */
function periodStart(period: QuotaPeriod, nowMs: number): number {
  const now = new Date(nowMs);
  const day = period === "MONTH" ? 1 : now.getUTCDate() - (period === "WEEK" ? now.getUTCDay() : 0);
  return Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), day);
}

/** Counts the requests of each key against its usage plan; the counts live as long as the process. */
export function createUsageMeter(plans: UsagePlan[]): (key: string | undefined, nowMs: number) => Admission {
  const meters = new Map(
    plans.flatMap(plan =>
      plan.keys.map(key => [
        key.value,
        { plan, key, bucket: plan.throttle && createTokenBucket(plan.throttle), used: 0, periodMs: 0 },
      ]),
    ),
  );
  return (value, nowMs) => {
    const meter = value === undefined ? undefined : meters.get(value);
    if (meter === undefined) return { kind: "forbidden" };
    if (meter.bucket !== undefined && !meter.bucket.take(nowMs)) return { kind: "throttled" };
    const { quota } = meter.plan;
    if (quota !== undefined) {
      const start = periodStart(quota.period, nowMs);
      if (start !== meter.periodMs) {
        meter.periodMs = start;
        meter.used = 0;
      }
      if (meter.used >= quota.limit) return { kind: "quota-exceeded" };
      meter.used += 1;
    }
    return { kind: "admitted", apiKeyId: meter.key.id };
  };
}
