import { randomUUID } from "node:crypto";
import { type Subscriber, SubscriberRefusedError, type TopicSubscriptions } from "@vibe-charting/runtime";

type Known = Subscriber & { readonly arn: string; isConfirmed: boolean };

/** SNS as recipients see it: what is not a queue waits until it is confirmed, expires, or ends itself. */
export function fakeSubscriptions() {
  const known = new Map<string, Known>();
  const failures: Error[] = [];
  const asked: string[] = [];
  const at = (endpoint: string) => {
    const found = [...known.values()].find(subscription => subscription.endpoint === endpoint);
    if (!found) throw new Error(`SNS knows no ${endpoint}`);
    return found;
  };
  const subscriptions: TopicSubscriptions = {
    subscribe: async subscriber => {
      const failure = failures.shift();
      if (failure) throw failure;
      asked.push(subscriber.endpoint);
      const existing = [...known.values()].find(({ endpoint }) => endpoint === subscriber.endpoint);
      if (existing) return existing.arn;
      const arn = `arn:aws:sns:us-east-2:000000000000:alert-deliveries:${randomUUID()}`;
      known.set(arn, { ...subscriber, arn, isConfirmed: subscriber.protocol === "sqs" });
      return arn;
    },
    unsubscribe: async arn => {
      const failure = failures.shift();
      if (failure) throw failure;
      known.delete(arn);
    },
    list: async () =>
      [...known.values()].map(({ protocol, endpoint, arn, isConfirmed }) => ({
        protocol,
        endpoint,
        confirmedArn: isConfirmed ? arn : null,
      })),
  };
  return {
    subscriptions,
    asked,
    endpoints: () => [...known.values()].map(({ endpoint }) => endpoint),
    confirm: (endpoint: string) => {
      at(endpoint).isConfirmed = true;
    },
    /** The recipient ended it itself, or SNS gave up waiting. */
    end: (endpoint: string) => known.delete(at(endpoint).arn),
    failNext: (error: Error) => failures.push(error),
    refuseNext: (reason: string) => failures.push(new SubscriberRefusedError(reason)),
  };
}
