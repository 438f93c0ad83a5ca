import { expect, it } from "vitest";
import {
  changed,
  functionBuild,
  graphOf,
  mapping,
  queue,
  queueArn,
  restApi,
  subscription,
  topic,
  topicArn,
  without,
} from "../../test/graph-fixture.ts";
import { planApis } from "../api/api-plan.ts";
import { planEventSources } from "../functions/event-source-plan.ts";
import type { ResourceGraph } from "../graph/resource-graph.ts";
import { LocalStageError } from "../local-stage-error.ts";
import { planMessaging } from "../messaging/messaging-plan.ts";
import { checkResourcePermissions } from "./resource-permissions.ts";

const graph = graphOf(
  [
    topic("prices"),
    queue("work", "http://127.0.0.1:1"),
    ...subscription("WorkSubscription", "prices", "work"),
    mapping("WorkMapping", "work", "worker"),
    ...restApi([{ method: "GET", path: "/health", functionName: "worker" }]),
  ],
  [
    functionBuild("worker", "plain.ts#echo", {
      policies: [
        {
          Effect: "Allow",
          Action: ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"],
          Resource: [queueArn("work")],
        },
      ],
    }),
  ],
);

function check(candidate: ResourceGraph): void {
  const messaging = planMessaging(candidate);
  const eventSources = planEventSources(candidate, messaging);
  checkResourcePermissions(candidate, { messaging, eventSources, apis: planApis(candidate) });
}

it("accepts stacks that grant what they wire", () => {
  expect(() => check(graph)).not.toThrow();
});

const foreignPolicy = JSON.stringify({
  Statement: { Effect: "Allow", Action: "sqs:*", Resource: "*", Principal: { Service: "s3.amazonaws.com" } },
});

it.each<[string, ResourceGraph, string]>([
  [
    "no queue policy",
    without(graph, "WorkSubscriptionPolicy"),
    `TopicSubscription "WorkSubscription": no queue policy lets sns.amazonaws.com send to ${queueArn("work")}, so nothing that ${topicArn("prices")} publishes would arrive; look at the queue's policy.`,
  ],
  [
    "a queue policy for another service",
    changed(graph, "WorkSubscriptionPolicy", { policy: foreignPolicy }),
    `TopicSubscription "WorkSubscription": no queue policy lets sns.amazonaws.com send to ${queueArn("work")}, so nothing that ${topicArn("prices")} publishes would arrive; look at the queue's policy.`,
  ],
  [
    "a role that cannot read the queue",
    { ...graph, functions: [functionBuild("worker", "plain.ts#echo", { policies: [] })] },
    'EventSourceMapping "WorkMapping": the role of worker does not allow sqs:ReceiveMessage, sqs:DeleteMessage, sqs:GetQueueAttributes on work; look at the function\'s permissions.',
  ],
  [
    "no permission for the API",
    without(graph, "workerPermission"),
    "GET /health: no Lambda permission lets API Gateway call worker; look at the API's routes.",
  ],
])("refuses %s", (_case, broken, message) => {
  expect(() => check(broken)).toThrow(new LocalStageError(message));
});
