import { add, change, changePolicy, changeStatements, find, type Mistakes, remove } from "../change-graph.ts";

const analysisQueue = (changed: Record<string, unknown>) =>
  change("sqs/queue:Queue", changed, "AnalysisQueueQueue");
const queuePolicy = (changed: Parameters<typeof changeStatements>[3]) =>
  changeStatements("QueuePolicy", "AnalysisQueuePolicy", "policy", changed);
const topicPolicy = (changed: Parameters<typeof changeStatements>[3]) =>
  changeStatements("TopicPolicy", "OperationsTopicPolicy", "policy", changed);

/** Against the rules of topics and queues. */
export const messagingMistakes: Mistakes = {
  16: { "a queue in the clear": change("sqs/queue:Queue", { sqsManagedSseEnabled: false }) },
  17: {
    "no dead letters": analysisQueue({ redrivePolicy: undefined }),
    "given up after three": graph => {
      const { inputs } = find(graph, "sqs/queue:Queue", "AnalysisQueueQueue");
      const policy = JSON.parse(String(inputs.redrivePolicy));
      inputs.redrivePolicy = JSON.stringify({ ...policy, maxReceiveCount: 3 });
    },
  },
  18: {
    "any topic of the account": changePolicy(
      "QueuePolicy",
      "AnalysisQueuePolicy",
      "policy",
      "aws:SourceArn",
      "aws:SourceAccount",
    ),
    "as SST has it": queuePolicy((statements, { inputs }) => [
      ...statements,
      {
        Effect: "Allow",
        Action: "sqs:SendMessage",
        Resource: inputs.queueUrl,
        Principal: { Service: ["s3.amazonaws.com", "events.amazonaws.com"] },
      },
    ]),
    "a topic of somebody else besides": queuePolicy(statements =>
      statements.map(statement =>
        statement.Effect === "Deny"
          ? statement
          : {
              ...statement,
              Condition: {
                ArnEquals: {
                  "aws:SourceArn": [
                    ...Object.values(Object(statement.Condition).ArnEquals),
                    "arn:aws:sns:us-east-2:999999999999:other",
                  ],
                },
              },
            },
      ),
    ),
    "more than sending": changePolicy(
      "QueuePolicy",
      "AnalysisQueuePolicy",
      "policy",
      "sqs:SendMessage",
      "sqs:*",
    ),
    everybody: changePolicy(
      "QueuePolicy",
      "AnalysisQueuePolicy",
      "policy",
      `{"Service":"sns.amazonaws.com"}`,
      `"*"`,
    ),
  },
  19: {
    "no policy": remove("QueuePolicy", "UndeliveredQueuePolicy"),
    "no refusal": queuePolicy(statements => statements.filter(({ Effect }) => Effect !== "Deny")),
    "a refusal of sending alone": queuePolicy(([deny, ...others]) => [
      { ...deny, Action: "sqs:SendMessage" },
      ...others,
    ]),
    "a refusal for one visitor": queuePolicy(([deny, ...others]) => [
      { ...deny, Condition: { ...Object(deny?.Condition), IpAddress: { "aws:SourceIp": "203.0.113.1" } } },
      ...others,
    ]),
    "two policies": graph => {
      const { inputs } = find(graph, "QueuePolicy", "AnalysisQueuePolicy");
      add("aws:sqs/queuePolicy:QueuePolicy", inputs)(graph);
    },
  },
  20: {
    "four days": change(
      "sqs/queue:Queue",
      { messageRetentionSeconds: 345_600 },
      "AnalysisDeadLetterQueueQueue",
    ),
    "dead letters without an order": change(
      "sqs/queue:Queue",
      { fifoQueue: false },
      "AnalysisDeadLetterQueueQueue",
    ),
    "undelivered prices without an order": change(
      "sqs/queue:Queue",
      { fifoQueue: false },
      "UndeliveredPricesQueueQueue",
    ),
    "a standard topic before a FIFO queue": graph => {
      change("sns/topic:Topic", { fifoTopic: false }, "PricesIngestedTopicTopic")(graph);
      change("sqs/queue:Queue", { fifoQueue: false }, "UndeliveredPricesQueueQueue")(graph);
    },
  },
  21: {
    "as SST has it": analysisQueue({ visibilityTimeoutSeconds: 30 }),
    "a slower function": change("lambda/function:Function", { timeout: 31 }, "TrendAnalysisFunction"),
  },
  22: {
    "more than is reserved": change("EventSourceMapping", { scalingConfig: { maximumConcurrency: 50 } }),
    "no limit": change("EventSourceMapping", { scalingConfig: undefined }),
    "batches as a whole": change("EventSourceMapping", { functionResponseTypes: undefined }),
  },
  23: { "a topic in the clear": change("sns/topic:Topic", { kmsMasterKeyId: undefined }) },
  24: {
    everybody: changePolicy(
      "TopicPolicy",
      "OperationsTopicPolicy",
      "policy",
      "cloudwatch.amazonaws.com",
      "*",
    ),
    "services for any account": topicPolicy(([deny, allowed]) => [
      { ...deny },
      { ...allowed, Condition: undefined },
    ]),
    "services for another account": topicPolicy(([deny, allowed]) => [
      { ...deny },
      { ...allowed, Condition: { StringEquals: { "aws:SourceAccount": "999999999999" } } },
    ]),
    "no policy": remove("TopicPolicy", "AlertDeliveriesTopicPolicy"),
    "no refusal without TLS": topicPolicy(statements => statements.filter(({ Effect }) => Effect !== "Deny")),
  },
  25: {
    "no dead letters": change("TopicSubscription", { redrivePolicy: undefined }),
    "dead letters that refuse": remove("QueuePolicy", "UndeliveredPricesQueuePolicy"),
  },
};
