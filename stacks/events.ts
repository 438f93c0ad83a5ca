import { physicalName } from "./stage";

/** Retried deliveries before a message is parked in the dead-letter queue. */
const maxReceiveCount = 5;
/** Seconds; at least six times the consumer's timeout, so that no message is delivered twice at once. */
const visibilityTimeout = 180;
const fourteenDaysSeconds = 14 * 24 * 60 * 60;

const pricesIngestedTopic = new sst.aws.SnsTopic("PricesIngestedTopic", {
  fifo: true,
  transform: {
    topic: args => {
      args.name = `${physicalName("prices-ingested")}.fifo`;
      args.kmsMasterKeyId = "alias/aws/sns";
      args.contentBasedDeduplication = false;
    },
  },
});

const analysisDeadLetters = new sst.aws.Queue("AnalysisDeadLetterQueue", {
  fifo: true,
  transform: {
    queue: args => {
      args.name = `${physicalName("analysis-dead-letters")}.fifo`;
      args.messageRetentionSeconds = fourteenDaysSeconds;
      args.sqsManagedSseEnabled = true;
    },
  },
});

/** The prices to analyse; its message group is the coin. */
export const analysisQueue = new sst.aws.Queue("AnalysisQueue", {
  fifo: true,
  visibilityTimeout: `${visibilityTimeout} seconds`,
  dlq: { queue: analysisDeadLetters.arn, retry: maxReceiveCount },
  transform: {
    queue: args => {
      args.name = `${physicalName("analysis")}.fifo`;
      args.messageRetentionSeconds = fourteenDaysSeconds;
      args.sqsManagedSseEnabled = true;
    },
  },
});

pricesIngestedTopic.subscribeQueue("AnalysisSubscription", analysisQueue.arn, {
  filter: { type: ["prices.ingested"] },
  transform: {
    subscription: args => {
      args.rawMessageDelivery = true;
    },
  },
});

const signalsDetectedTopic = new sst.aws.SnsTopic("SignalsDetectedTopic", {
  transform: {
    topic: args => {
      args.name = physicalName("signals-detected");
      args.kmsMasterKeyId = "alias/aws/sns";
    },
  },
});

/** The right to publish `prices.ingested`. */
export const pricesIngested = publisherOf("PricesIngested", pricesIngestedTopic);

/** The right to publish `signals.detected`. */
export const signalsDetected = publisherOf("SignalsDetected", signalsDetectedTopic);

/** The right to see how full the queues are. */
export const queueDepths = new sst.Linkable("AnalysisQueues", {
  properties: { analysisUrl: analysisQueue.url, deadLettersUrl: analysisDeadLetters.url },
  include: [
    sst.aws.permission({
      actions: ["sqs:GetQueueAttributes"],
      resources: [analysisQueue.arn, analysisDeadLetters.arn],
    }),
  ],
});

function publisherOf(name: string, topic: sst.aws.SnsTopic) {
  return new sst.Linkable(name, {
    properties: { arn: topic.arn },
    include: [sst.aws.permission({ actions: ["sns:Publish"], resources: [topic.arn] })],
  });
}
