import { describe, expect, it } from "vitest";
import {
  changed,
  graphOf,
  queue,
  redriveTo,
  subscription,
  topic,
  without,
} from "../../test/graph-fixture.ts";
import { LocalStageError } from "../local-stage-error.ts";
import { planMessaging } from "./messaging-plan.ts";

const endpoint = "http://127.0.0.1:4566";
const graph = graphOf([
  topic("prices.fifo"),
  topic("signals"),
  queue("dead.fifo", endpoint),
  queue("dead", endpoint),
  queue("work.fifo", endpoint, redriveTo("dead.fifo", 3)),
  queue("alerts", endpoint),
  ...subscription("WorkSubscription", "prices.fifo", "work.fifo", { filterPolicy: '{"type":["a","b"]}' }),
  ...subscription("AlertsSubscription", "signals", "alerts"),
]);

describe("planMessaging", () => {
  it("reads queues, topics and subscriptions", () => {
    const plan = planMessaging(graph);
    expect({
      queues: plan.queues.map(({ name, fifo, attributes }) => ({ name, fifo, attributes })).slice(2, 3),
      topics: plan.topics.map(({ name, attributes }) => ({ name, attributes })),
      subscriptions: plan.subscriptions.map(({ attributes }) => attributes),
      deadLetters: [...plan.deadLetterArns],
    }).toEqual({
      queues: [
        {
          name: "work.fifo",
          fifo: true,
          attributes: {
            FifoQueue: "true",
            VisibilityTimeout: "30",
            RedrivePolicy:
              '{"deadLetterTargetArn":"arn:aws:sqs:us-east-2:000000000000:dead.fifo","maxReceiveCount":3}',
          },
        },
      ],
      topics: [
        { name: "prices.fifo", attributes: { FifoTopic: "true" } },
        { name: "signals", attributes: {} },
      ],
      subscriptions: [
        {
          RawMessageDelivery: "true",
          FilterPolicy: '{"type":["a","b"]}',
          FilterPolicyScope: "MessageAttributes",
        },
        { RawMessageDelivery: "true" },
      ],
      deadLetters: ["arn:aws:sqs:us-east-2:000000000000:dead.fifo"],
    });
  });

  it("says which subscriptions reach nobody on one machine", () => {
    const byEmail = changed(graph, "AlertsSubscription", { protocol: "email", endpoint: "a@b.c" });
    expect(planMessaging(byEmail).undelivered).toEqual(['TopicSubscription "AlertsSubscription" (email)']);
  });

  it.each([
    [
      "a dead-letter queue that is gone",
      without(graph, "dead.fifoQueue"),
      'Queue "work.fifoQueue" moves failed messages to arn:aws:sqs:us-east-2:000000000000:dead.fifo, which is no queue of the stacks; look at its redrivePolicy (dlq).',
    ],
    [
      "a standard dead-letter queue of a FIFO queue",
      changed(graph, "work.fifoQueue", redriveTo("dead", 3)),
      'Queue "work.fifoQueue" is FIFO and its dead-letter queue dead is not; AWS refuses that.',
    ],
    [
      "a redrive policy without a count",
      changed(graph, "work.fifoQueue", { redrivePolicy: '{"deadLetterTargetArn":"x"}' }),
      'Queue "work.fifoQueue": its redrivePolicy needs a deadLetterTargetArn and a maxReceiveCount from 1 to 1000, and is {"deadLetterTargetArn":"x"}.',
    ],
    [
      "a subscription to a queue that is gone",
      without(graph, "alertsQueue"),
      'TopicSubscription "AlertsSubscription" delivers to arn:aws:sqs:us-east-2:000000000000:alerts, which is no queue of the stacks.',
    ],
    [
      "a subscription to a topic that is gone",
      without(graph, "signalsTopic"),
      'TopicSubscription "AlertsSubscription" subscribes to arn:aws:sns:us-east-2:000000000000:signals, which is no topic of the stacks.',
    ],
    [
      "a standard topic that delivers to a FIFO queue",
      changed(graph, "AlertsSubscription", { endpoint: "arn:aws:sqs:us-east-2:000000000000:work.fifo" }),
      'TopicSubscription "AlertsSubscription" delivers the standard topic signals to the FIFO queue work.fifo; AWS refuses that.',
    ],
    [
      "a filter without a value",
      changed(graph, "WorkSubscription", { filterPolicy: '{"type":[]}' }),
      'TopicSubscription "WorkSubscription": its filterPolicy has no value for "type", so nothing passes; look at the subscription\'s filter in stacks/.',
    ],
    [
      "a filter key that has no list",
      changed(graph, "WorkSubscription", { filterPolicy: '{"type":"a"}' }),
      'TopicSubscription "WorkSubscription": its filterPolicy gives "type" no list of values; look at the subscription\'s filter in stacks/.',
    ],
    [
      "an empty branch in a filter of bodies",
      changed(graph, "WorkSubscription", { filterPolicy: '{"data":{}}', filterPolicyScope: "MessageBody" }),
      'TopicSubscription "WorkSubscription": its filterPolicy has no value for "data"; look at the subscription\'s filter in stacks/.',
    ],
    [
      "a filter with six keys",
      changed(graph, "WorkSubscription", {
        filterPolicy: JSON.stringify(Object.fromEntries([..."abcdef"].map(key => [key, ["x"]]))),
      }),
      'TopicSubscription "WorkSubscription": its filterPolicy has 6 keys; SNS allows 5; look at the subscription\'s filter in stacks/.',
    ],
    [
      "a subscription's dead-letter queue that is gone",
      changed(graph, "AlertsSubscription", redriveTo("lost", 3)),
      'TopicSubscription "AlertsSubscription" sends what it cannot deliver to arn:aws:sqs:us-east-2:000000000000:lost, which is no queue of the stacks; look at its redrivePolicy.',
    ],
    [
      "a FIFO queue without the suffix",
      changed(graph, "alertsQueue", { fifoQueue: true }),
      'Queue "alertsQueue" is FIFO, but its name is alerts; names of FIFO queues, and only those, end with ".fifo".',
    ],
  ])("refuses %s", (_case, broken, message) => {
    expect(() => planMessaging(broken)).toThrow(new LocalStageError(message));
  });
});
