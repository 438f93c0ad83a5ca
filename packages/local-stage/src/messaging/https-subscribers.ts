import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { EmulatorSnsStore, EmulatorSubscription, MatchesFilterPolicy } from "./fauxqs-internals.ts";
import type { MessageSigner, MessageType } from "./message-signer.ts";
import type { PostToEndpoint } from "./post-to-endpoint.ts";
import { type PublishedMessage, publishedMessages } from "./published-messages.ts";
import { retryDelaysMs } from "./retry-delays.ts";

/** What SNS does for HTTPS subscribers, which fauxqs leaves out (AWS.md section 7, F6). */
export type HttpsSubscribers = {
  /** Prepares what a call means for them, before fauxqs changes its form; the result is run once the call is done. */
  follow(form: Readonly<Record<string, string>>): () => void;
  /** Gives up what waits for another try, as SNS's own memory is not this machine's disk. */
  stop(): Promise<void>;
};

/** Follows the calls to an emulator that listens at `endpoint`. */
export function httpsSubscribers(options: {
  sns: EmulatorSnsStore;
  matchesFilterPolicy: MatchesFilterPolicy;
  /** Asked for when the first message is signed: a key takes its time. */
  signer: () => Promise<MessageSigner>;
  signatureVersionOf: (topicArn: string) => "1" | "2";
  post: PostToEndpoint;
  endpoint: string;
  log: (message: string) => void;
}): HttpsSubscribers {
  const { sns, signer, endpoint, matchesFilterPolicy, post, log } = options;
  const stopping = new AbortController();
  const running = new Set<Promise<void>>();
  const link = (parameters: Record<string, string>) => `${endpoint}/?${new URLSearchParams(parameters)}`;

  const envelopeOf = async (
    type: MessageType,
    { topicArn }: EmulatorSubscription,
    fields: Readonly<Record<string, unknown>>,
  ) => {
    const named = {
      Type: type,
      MessageId: randomUUID(),
      TopicArn: topicArn,
      ...fields,
      Timestamp: new Date().toISOString(),
    };
    return { ...named, ...(await signer()).sign(named, options.signatureVersionOf(topicArn)) };
  };

  const confirmation = (
    type: "SubscriptionConfirmation" | "UnsubscribeConfirmation",
    subscription: EmulatorSubscription,
  ) => {
    const { arn, topicArn } = subscription;
    const did = type === "SubscriptionConfirmation" ? "subscribe to" : "deactivate your subscription to";
    const url = link({ Action: "ConfirmSubscription", TopicArn: topicArn, Token: arn });
    if (type === "SubscriptionConfirmation") log(`${subscription.endpoint} is asked to confirm: ${url}`);
    deliver(subscription, type, async () => {
      const envelope = await envelopeOf(type, subscription, {
        Token: arn,
        Message: `You have chosen to ${did} the topic ${topicArn}. The SubscribeURL in this message confirms it.`,
        SubscribeURL: url,
      });
      return { id: envelope.MessageId, body: JSON.stringify(envelope) };
    });
  };

  const notify = (subscription: EmulatorSubscription, message: PublishedMessage) => {
    const { arn, attributes } = subscription;
    const body = message.bodyFor("https");
    if (attributes.RawMessageDelivery === "true") {
      const raw = { id: randomUUID(), body, headers: { "x-amz-sns-rawdelivery": "true" } };
      deliver(subscription, "Notification", async () => raw);
      return;
    }
    deliver(subscription, "Notification", async () => {
      const envelope = await envelopeOf("Notification", subscription, {
        ...(message.subject !== "" && { Subject: message.subject }),
        Message: body,
      });
      const MessageAttributes = Object.fromEntries(
        Object.entries(message.attributes).map(([name, { DataType, StringValue }]) => [
          name,
          { Type: DataType, Value: StringValue },
        ]),
      );
      const whole = {
        ...envelope,
        UnsubscribeURL: link({ Action: "Unsubscribe", SubscriptionArn: arn }),
        ...(Object.keys(MessageAttributes).length > 0 && { MessageAttributes }),
      };
      return { id: envelope.MessageId, body: JSON.stringify(whole) };
    });
  };

  const deliver = (
    subscription: EmulatorSubscription,
    type: MessageType,
    compose: () => Promise<{ id: string; body: string; headers?: Readonly<Record<string, string>> }>,
  ) => {
    const send = async () => {
      const { id, body, headers } = await compose();
      const all = {
        "x-amz-sns-message-type": type,
        "x-amz-sns-message-id": id,
        "x-amz-sns-topic-arn": subscription.topicArn,
        ...(type !== "SubscriptionConfirmation" && { "x-amz-sns-subscription-arn": subscription.arn }),
        "content-type": "text/plain; charset=UTF-8",
        "user-agent": "Amazon Simple Notification Service Agent",
        ...headers,
      };
      await tryUntilTaken(subscription, () => post(subscription.endpoint, all, body, stopping.signal));
    };
    const task: Promise<void> = send()
      .catch(error => {
        if (!stopping.signal.aborted) log(`${subscription.endpoint} did not get a message: ${String(error)}`);
      })
      .finally(() => running.delete(task));
    running.add(task);
  };

  /** An answer that blames the message is final; everything else is tried again by the subscription's policy. */
  const tryUntilTaken = async (
    { endpoint: url, attributes }: EmulatorSubscription,
    attempt: () => Promise<number>,
  ) => {
    const delaysMs = [...retryDelaysMs(attributes.DeliveryPolicy)];
    for (;;) {
      const outcome = await attempt().then(
        status => (status >= 200 && status < 300 ? null : { status, reason: `it answered ${status}` }),
        error => ({ status: 0, reason: error instanceof Error ? error.message : String(error) }),
      );
      if (outcome === null) return;
      const isFinal = outcome.status >= 400 && outcome.status < 500 && outcome.status !== 429;
      stopping.signal.throwIfAborted();
      const waitMs = isFinal ? undefined : delaysMs.shift();
      if (waitMs === undefined) throw new Error(`${outcome.reason}, and no more tries are made`);
      log(`${url}: ${outcome.reason}; the next try is in ${waitMs / 1_000} s`);
      await sleep(waitMs, undefined, { signal: stopping.signal });
    }
  };

  const subscribersOf = (topicArn: string | undefined) =>
    [...sns.subscriptions.values()].filter(
      subscription => subscription.topicArn === topicArn && subscription.protocol === "https",
    );

  return {
    follow: form => {
      if (form.Action === "Subscribe" && form.Protocol === "https") {
        return () => {
          const made = subscribersOf(form.TopicArn).find(({ endpoint: url }) => url === form.Endpoint);
          if (made && !made.confirmed) confirmation("SubscriptionConfirmation", made);
        };
      }
      if (form.Action === "Unsubscribe") {
        const ended = sns.getSubscription(form.SubscriptionArn ?? "");
        return () => {
          if (ended?.protocol === "https" && ended.confirmed) confirmation("UnsubscribeConfirmation", ended);
        };
      }
      const messages = publishedMessages(form);
      return () => {
        for (const subscription of messages.length > 0 ? subscribersOf(form.TopicArn) : []) {
          const { FilterPolicy: policy } = subscription.attributes;
          for (const message of messages) {
            if (!subscription.confirmed) continue;
            if (policy && !matchesFilterPolicy(JSON.parse(policy), message.attributes)) continue;
            notify(subscription, message);
          }
        }
      };
    },
    stop: async () => {
      stopping.abort();
      await Promise.allSettled(running);
    },
  };
}
