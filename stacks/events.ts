import { undelivered } from "./operations.ts";
import { queuePolicy } from "./queue-policy.ts";
import { physicalName } from "./stage.ts";
import { topicPolicy } from "./topic-policy.ts";

/** Deliveries of a message before it is moved to the dead-letter queue. */
const maxReceiveCount = 5;
/** Seconds; at least six times the consumer's timeout, so that no message is delivered twice at once. */
const visibilityTimeout = 180;

const pricesIngestedTopic = new sst.aws.SnsTopic("PricesIngestedTopic", {
  fifo: true,
  transform: {
    topic: args => {
      args.name = `${physicalName("prices-ingested")}.fifo`;
      args.contentBasedDeduplication = false;
    },
  },
});

/** Prices whose analysis failed each time. */
export const analysisDeadLetters = fifoQueue("AnalysisDeadLetterQueue", "analysis-dead-letters");

/** Prices that SNS could not hand to the analysis queue. */
export const undeliveredPrices = fifoQueue("UndeliveredPricesQueue", "undelivered-prices");

/** The prices to analyse; its message group is the coin. */
export const analysisQueue = new sst.aws.Queue("AnalysisQueue", {
  fifo: true,
  visibilityTimeout: `${visibilityTimeout} seconds`,
  dlq: { queue: analysisDeadLetters.arn, retry: maxReceiveCount },
  transform: {
    queue: args => {
      args.name = `${physicalName("analysis")}.fifo`;
    },
  },
});

const signalsDetectedTopic = new sst.aws.SnsTopic("SignalsDetectedTopic", {
  transform: {
    topic: args => {
      args.name = physicalName("signals-detected");
      // SNS takes part in traces on standard topics only; a FIFO topic hands the trace on.
      args.tracingConfig = "Active";
    },
  },
});

/** Signals that no alert could be made of, and those that SNS could not hand to the queue of alerts. */
export const alertDeadLetters = new sst.aws.Queue("AlertDeadLetterQueue", {
  transform: {
    queue: args => {
      args.name = physicalName("alert-dead-letters");
    },
  },
});

/** The signals of which alerts are made. */
export const alertQueue = new sst.aws.Queue("AlertQueue", {
  visibilityTimeout: `${visibilityTimeout} seconds`,
  dlq: { queue: alertDeadLetters.arn, retry: maxReceiveCount },
  transform: {
    queue: args => {
      args.name = physicalName("alert-signals");
    },
  },
});

// Its subscriptions are made by the API: one for each recipient, with a filter on the recipient's id.
const alertDeliveriesTopic = new sst.aws.SnsTopic("AlertDeliveriesTopic", {
  transform: {
    topic: args => {
      args.name = physicalName("alert-deliveries");
      args.tracingConfig = "Active";
      args.displayName = "Vibe Charting alerts";
      // Recipients over HTTPS check signatures: SHA-256 instead of SHA-1.
      args.signatureVersion = 2;
    },
  },
});

/** The topics with the names that alarms know them by. */
export const topics = {
  pricesIngested: { arn: pricesIngestedTopic.arn, name: pricesIngestedTopic.name },
  signalsDetected: { arn: signalsDetectedTopic.arn, name: signalsDetectedTopic.name },
  alertDeliveries: { arn: alertDeliveriesTopic.arn, name: alertDeliveriesTopic.name },
};

// SST's own subscription would let S3 and EventBridge send to the queue too, on behalf of any account.
queuePolicy("AnalysisQueuePolicy", analysisQueue, [topics.pricesIngested.arn]);
queuePolicy("UndeliveredPricesQueuePolicy", undeliveredPrices, [topics.pricesIngested.arn]);
queuePolicy("AnalysisDeadLetterQueuePolicy", analysisDeadLetters);
queuePolicy("AlertQueuePolicy", alertQueue, [topics.signalsDetected.arn]);
queuePolicy("AlertDeadLetterQueuePolicy", alertDeadLetters, [topics.signalsDetected.arn]);
topicPolicy("PricesIngestedTopicPolicy", topics.pricesIngested.arn);
topicPolicy("SignalsDetectedTopicPolicy", topics.signalsDetected.arn);
topicPolicy("AlertDeliveriesTopicPolicy", topics.alertDeliveries.arn);

new aws.sns.TopicSubscription("AnalysisSubscription", {
  topic: topics.pricesIngested.arn,
  protocol: "sqs",
  endpoint: analysisQueue.arn,
  rawMessageDelivery: true,
  filterPolicy: JSON.stringify({ type: ["prices.ingested"] }),
  redrivePolicy: $jsonStringify({ deadLetterTargetArn: undeliveredPrices.arn }),
});

new aws.sns.TopicSubscription("AlertSubscription", {
  topic: topics.signalsDetected.arn,
  protocol: "sqs",
  endpoint: alertQueue.arn,
  rawMessageDelivery: true,
  filterPolicy: JSON.stringify({ type: ["signals.detected"] }),
  redrivePolicy: $jsonStringify({ deadLetterTargetArn: alertDeadLetters.arn }),
});

/** The right to publish `prices.ingested`. */
export const pricesIngested = publisherOf("PricesIngested", pricesIngestedTopic);

/** The right to publish `signals.detected`. */
export const signalsDetected = publisherOf("SignalsDetected", signalsDetectedTopic);

/** The right to publish `alert.deliveries`. */
export const alertDeliveries = publisherOf("AlertDeliveries", alertDeliveriesTopic);

/** What Lambda does with a function's role when it polls a queue for it. */
export function mayConsume(queue: sst.aws.Queue): sst.aws.FunctionPermissionArgs {
  const actions = [
    "sqs:ReceiveMessage",
    "sqs:DeleteMessage",
    "sqs:GetQueueAttributes",
    "sqs:ChangeMessageVisibility",
  ];
  return { actions, resources: [queue.arn] };
}

/** Every queue with what nobody processed, by the name that the runbook has for it. */
export const deadLetterQueues = {
  "analysis-dead-letters": analysisDeadLetters,
  "undelivered-prices": undeliveredPrices,
  "alert-dead-letters": alertDeadLetters,
  undelivered,
} as const;

/** The right to see how full the queues are. */
export const queues = new sst.Linkable("Queues", {
  properties: {
    analysis: analysisQueue.url,
    alertSignals: alertQueue.url,
    deadLetters: Object.fromEntries(
      Object.entries(deadLetterQueues).map(([name, queue]) => [name, queue.url]),
    ),
  },
  include: [
    sst.aws.permission({
      actions: ["sqs:GetQueueAttributes"],
      resources: [analysisQueue, alertQueue, ...Object.values(deadLetterQueues)].map(queue => queue.arn),
    }),
  ],
});

function fifoQueue(name: string, physical: string): sst.aws.Queue {
  return new sst.aws.Queue(name, {
    fifo: true,
    transform: {
      queue: args => {
        args.name = `${physicalName(physical)}.fifo`;
      },
    },
  });
}

function publisherOf(name: string, topic: sst.aws.SnsTopic) {
  return new sst.Linkable(name, {
    properties: { arn: topic.arn },
    include: [sst.aws.permission({ actions: ["sns:Publish"], resources: [topic.arn] })],
  });
}
