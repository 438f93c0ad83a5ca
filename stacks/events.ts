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

/** The topics with the names that alarms know them by. */
export const topics = {
  pricesIngested: { arn: pricesIngestedTopic.arn, name: pricesIngestedTopic.name },
  signalsDetected: { arn: signalsDetectedTopic.arn, name: signalsDetectedTopic.name },
};

// SST's own subscription would let S3 and EventBridge send to the queue too, on behalf of any account.
queuePolicy("AnalysisQueuePolicy", analysisQueue, [topics.pricesIngested.arn]);
queuePolicy("UndeliveredPricesQueuePolicy", undeliveredPrices, [topics.pricesIngested.arn]);
queuePolicy("AnalysisDeadLetterQueuePolicy", analysisDeadLetters);
topicPolicy("PricesIngestedTopicPolicy", topics.pricesIngested.arn);
topicPolicy("SignalsDetectedTopicPolicy", topics.signalsDetected.arn);

new aws.sns.TopicSubscription("AnalysisSubscription", {
  topic: topics.pricesIngested.arn,
  protocol: "sqs",
  endpoint: analysisQueue.arn,
  rawMessageDelivery: true,
  filterPolicy: JSON.stringify({ type: ["prices.ingested"] }),
  redrivePolicy: $jsonStringify({ deadLetterTargetArn: undeliveredPrices.arn }),
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
