import { z } from "zod";

const count = z.int().nonnegative();

/** A subscription's `healthyRetryPolicy`, with SNS's defaults (AWS: sns/latest/dg/sns-message-delivery-retries.html). */
const RetryPolicy = z.object({
  numRetries: count.default(3),
  numNoDelayRetries: count.default(0),
  numMinDelayRetries: count.default(0),
  numMaxDelayRetries: count.default(0),
  minDelayTarget: count.default(20),
  maxDelayTarget: count.default(20),
  backoffFunction: z.enum(["linear", "arithmetic", "geometric", "exponential"]).default("linear"),
});
const DeliveryPolicy = z.object({ healthyRetryPolicy: RetryPolicy.default(() => RetryPolicy.parse({})) });

/** What SNS waits before each further try, milliseconds, by a subscription's `DeliveryPolicy`. */
export function retryDelaysMs(deliveryPolicy: string | undefined): readonly number[] {
  const { healthyRetryPolicy: policy } = DeliveryPolicy.parse(JSON.parse(deliveryPolicy || "{}"));
  const { numRetries, minDelayTarget: least, maxDelayTarget: most } = policy;
  const immediate = repeat(policy.numNoDelayRetries, 0);
  const early = repeat(policy.numMinDelayRetries, least);
  const late = repeat(policy.numMaxDelayRetries, most);
  const between = Math.max(0, numRetries - immediate.length - early.length - late.length);
  const growing = Array.from({ length: between }, (_, index) => {
    const share = between === 1 ? 0 : index / (between - 1);
    return policy.backoffFunction === "linear" || policy.backoffFunction === "arithmetic"
      ? least + share * (most - least)
      : Math.max(least, 1) * (most / Math.max(least, 1)) ** share;
  });
  return [...immediate, ...early, ...growing, ...late]
    .slice(0, numRetries)
    .map(seconds => Math.round(seconds * 1_000));
}

function repeat(times: number, seconds: number): number[] {
  return Array.from({ length: times }, () => seconds);
}
