import { type GraphResource, type ResourceGraph, resourcesOf } from "../graph/resource-graph.ts";
import { LocalStageError } from "../local-stage-error.ts";
import {
  describeResource,
  isRecord,
  LOCAL_ACCOUNT_ID,
  optionalNumber,
  optionalString,
  parseJson,
  property,
  requiredString,
} from "../resource-reader.ts";
import { checkFilterPolicy } from "./filter-policy.ts";

export type PlannedQueue = {
  name: string;
  arn: string;
  url: string;
  fifo: boolean;
  visibilityTimeoutSeconds: number;
  attributes: Record<string, string>;
  deadLetterTargetArn: string | undefined;
  resource: GraphResource;
};
type PlannedTopic = {
  name: string;
  arn: string;
  attributes: Record<string, string>;
  /** How SNS signs what it posts: 1 by SHA-1, its default, or 2 by SHA-256. */
  signatureVersion: "1" | "2";
};
export type PlannedSubscription = {
  topicArn: string;
  queueArn: string;
  attributes: Record<string, string>;
  /** For messages. */
  what: string;
};
export type MessagingPlan = {
  queues: PlannedQueue[];
  topics: PlannedTopic[];
  subscriptions: PlannedSubscription[];
  /** Subscriptions by other protocols (email, SMS, HTTPS), which reach nobody on one machine. */
  undelivered: string[];
  /** Queues that some redrive policy or failure destination names. */
  deadLetterArns: Set<string>;
};

/** SQS's default, in seconds. */
const DEFAULT_VISIBILITY_TIMEOUT_SECONDS = 30;

/** Input of the queue -> attribute of CreateQueue, for plain values. */
const QUEUE_ATTRIBUTES = {
  visibilityTimeoutSeconds: "VisibilityTimeout",
  messageRetentionSeconds: "MessageRetentionPeriod",
  maxMessageSize: "MaximumMessageSize",
  delaySeconds: "DelaySeconds",
  receiveWaitTimeSeconds: "ReceiveMessageWaitTimeSeconds",
  contentBasedDeduplication: "ContentBasedDeduplication",
} as const;

/** Reads queues, topics and subscriptions from the graph, and refuses what AWS would refuse. */
export function planMessaging(graph: ResourceGraph): MessagingPlan {
  const queues = resourcesOf(graph, "aws:sqs/queue:Queue").map(queue => planQueue(graph, queue));
  const topics = resourcesOf(graph, "aws:sns/topic:Topic").map(topic => planTopic(graph, topic));
  const deadLetterArns = new Set<string>();
  for (const queue of queues) {
    if (queue.deadLetterTargetArn === undefined) continue;
    checkDeadLetterQueue(queues, queue, queue.deadLetterTargetArn);
    deadLetterArns.add(queue.deadLetterTargetArn);
  }
  const subscriptions: PlannedSubscription[] = [];
  const undelivered: string[] = [];
  for (const resource of resourcesOf(graph, "aws:sns/topicSubscription:TopicSubscription")) {
    if (requiredString(resource, "protocol") !== "sqs") {
      undelivered.push(`${describeResource(resource)} (${requiredString(resource, "protocol")})`);
      continue;
    }
    subscriptions.push(planSubscription(queues, topics, resource));
    const deadLetterArn = redriveTarget(resource);
    if (deadLetterArn === undefined) continue;
    if (!queues.some(queue => queue.arn === deadLetterArn)) {
      throw new LocalStageError(
        `${describeResource(resource)} sends what it cannot deliver to ${deadLetterArn}, which is no queue of the stacks; look at its redrivePolicy.`,
      );
    }
    deadLetterArns.add(deadLetterArn);
  }
  return { queues, topics, subscriptions, undelivered, deadLetterArns };
}

function planQueue(graph: ResourceGraph, resource: GraphResource): PlannedQueue {
  const name = requiredString(resource, "name");
  const arn = requiredString(resource, "arn");
  checkArn(resource, arn, `arn:aws:sqs:${graph.region}:${LOCAL_ACCOUNT_ID}:${name}`);
  const fifo = property(resource, "fifoQueue") === true;
  if (fifo !== name.endsWith(".fifo")) {
    throw new LocalStageError(
      `${describeResource(resource)} is ${fifo ? "FIFO" : "standard"}, but its name is ${name}; names of FIFO queues, and only those, end with ".fifo".`,
    );
  }
  const attributes: Record<string, string> = fifo ? { FifoQueue: "true" } : {};
  for (const [input, attribute] of Object.entries(QUEUE_ATTRIBUTES)) {
    const value = property(resource, input);
    if (typeof value === "number" || typeof value === "boolean") attributes[attribute] = String(value);
  }
  const redrive = optionalString(resource, "redrivePolicy");
  if (redrive !== undefined) attributes.RedrivePolicy = normaliseRedrive(resource, redrive);
  return {
    name,
    arn,
    url: requiredString(resource, "url"),
    fifo,
    visibilityTimeoutSeconds:
      optionalNumber(resource, "visibilityTimeoutSeconds") ?? DEFAULT_VISIBILITY_TIMEOUT_SECONDS,
    attributes,
    deadLetterTargetArn: redriveTarget(resource),
    resource,
  };
}

/** A count that arrives as text would never be reached in the emulator. */
function normaliseRedrive(resource: GraphResource, text: string): string {
  const policy = parseJson(resource, "redrivePolicy", text);
  const count = isRecord(policy) ? Number(policy.maxReceiveCount) : Number.NaN;
  if (!isRecord(policy) || typeof policy.deadLetterTargetArn !== "string" || !(count >= 1 && count <= 1000)) {
    throw new LocalStageError(
      `${describeResource(resource)}: its redrivePolicy needs a deadLetterTargetArn and a maxReceiveCount from 1 to 1000, and is ${text}.`,
    );
  }
  return JSON.stringify({ deadLetterTargetArn: policy.deadLetterTargetArn, maxReceiveCount: count });
}

function redriveTarget(resource: GraphResource): string | undefined {
  const text = optionalString(resource, "redrivePolicy");
  if (text === undefined) return undefined;
  const policy = parseJson(resource, "redrivePolicy", text);
  return isRecord(policy) && typeof policy.deadLetterTargetArn === "string"
    ? policy.deadLetterTargetArn
    : undefined;
}

function planTopic(graph: ResourceGraph, resource: GraphResource): PlannedTopic {
  const name = requiredString(resource, "name");
  const arn = requiredString(resource, "arn");
  checkArn(resource, arn, `arn:aws:sns:${graph.region}:${LOCAL_ACCOUNT_ID}:${name}`);
  const attributes: Record<string, string> = {};
  if (property(resource, "fifoTopic") === true) attributes.FifoTopic = "true";
  if (property(resource, "contentBasedDeduplication") === true) {
    attributes.ContentBasedDeduplication = "true";
  }
  const signatureVersion = property(resource, "signatureVersion") === 2 ? "2" : "1";
  return { name, arn, attributes, signatureVersion };
}

function checkArn(resource: GraphResource, arn: string, expected: string): void {
  if (arn === expected) return;
  throw new LocalStageError(
    `${describeResource(resource)} has the ARN ${arn}, and on this machine it is ${expected}; evaluate the stacks with account ${LOCAL_ACCOUNT_ID}.`,
  );
}

function checkDeadLetterQueue(queues: PlannedQueue[], queue: PlannedQueue, targetArn: string): void {
  const target = queues.find(({ arn }) => arn === targetArn);
  if (target === undefined) {
    throw new LocalStageError(
      `${describeResource(queue.resource)} moves failed messages to ${targetArn}, which is no queue of the stacks; look at its redrivePolicy (dlq).`,
    );
  }
  if (target.fifo !== queue.fifo) {
    throw new LocalStageError(
      `${describeResource(queue.resource)} is ${queue.fifo ? "FIFO" : "standard"} and its dead-letter queue ${target.name} is not; AWS refuses that.`,
    );
  }
}

function planSubscription(
  queues: PlannedQueue[],
  topics: PlannedTopic[],
  resource: GraphResource,
): PlannedSubscription {
  const topicArn = requiredString(resource, "topic");
  const queueArn = requiredString(resource, "endpoint");
  const topic = topics.find(({ arn }) => arn === topicArn);
  if (topic === undefined) {
    throw new LocalStageError(
      `${describeResource(resource)} subscribes to ${topicArn}, which is no topic of the stacks.`,
    );
  }
  const queue = queues.find(({ arn }) => arn === queueArn);
  if (queue === undefined) {
    throw new LocalStageError(
      `${describeResource(resource)} delivers to ${queueArn}, which is no queue of the stacks.`,
    );
  }
  if (queue.fifo && topic.attributes.FifoTopic !== "true") {
    throw new LocalStageError(
      `${describeResource(resource)} delivers the standard topic ${topic.name} to the FIFO queue ${queue.name}; AWS refuses that.`,
    );
  }
  const attributes: Record<string, string> = {};
  if (property(resource, "rawMessageDelivery") === true) attributes.RawMessageDelivery = "true";
  const filterPolicy = optionalString(resource, "filterPolicy");
  if (filterPolicy !== undefined) {
    const scope = optionalString(resource, "filterPolicyScope") ?? "MessageAttributes";
    checkFilterPolicy(resource, filterPolicy, scope);
    attributes.FilterPolicy = filterPolicy;
    attributes.FilterPolicyScope = scope;
  }
  return { topicArn, queueArn, attributes, what: describeResource(resource) };
}
