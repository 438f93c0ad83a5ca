import { queuePolicy } from "./queue-policy.ts";
import { settings } from "./settings.ts";
import { accountId, physicalName, region } from "./stage.ts";
import { topicPolicy } from "./topic-policy.ts";

/** The services that tell the operators something. */
const publishers = ["cloudwatch.amazonaws.com", "budgets.amazonaws.com"];

/** A key of our own: CloudWatch may not use the one that AWS manages for SNS, and its notices would be lost. */
const key = new aws.kms.Key("OperationsKey", {
  description: "Notices to the operators of Vibe Charting",
  enableKeyRotation: true,
  policy: $jsonStringify({
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "Administration",
        Effect: "Allow",
        Principal: { AWS: $interpolate`arn:aws:iam::${accountId}:root` },
        Action: "kms:*",
        Resource: "*",
      },
      {
        Sid: "Publishers",
        Effect: "Allow",
        Principal: { Service: publishers },
        Action: ["kms:Decrypt", "kms:GenerateDataKey*"],
        Resource: "*",
        Condition: { StringEquals: { "aws:SourceAccount": accountId } },
      },
    ],
  }),
});

/** Where alarms and the budget's notice go. */
export const operationsTopic = new sst.aws.SnsTopic("OperationsTopic", {
  transform: {
    topic: args => {
      args.name = physicalName("operations");
      args.kmsMasterKeyId = key.arn;
    },
  },
});
topicPolicy("OperationsTopicPolicy", operationsTopic.arn, publishers);

/** What was to be started or told and was not: schedules, failed asynchronous invocations, notices by e-mail. */
export const undelivered = new sst.aws.Queue("UndeliveredQueue", {
  transform: {
    queue: args => {
      args.name = physicalName("undelivered");
    },
  },
});
queuePolicy("UndeliveredQueuePolicy", undelivered, [operationsTopic.arn]);

if (settings.alarmEmail) {
  new aws.sns.TopicSubscription("OperationsEmail", {
    topic: operationsTopic.arn,
    protocol: "email",
    endpoint: settings.alarmEmail,
    redrivePolicy: $jsonStringify({ deadLetterTargetArn: undelivered.arn }),
  });
}

/** SNS writes its own part of a trace only where a policy of X-Ray lets it. */
new aws.xray.ResourcePolicy("TopicTraces", {
  policyName: physicalName("topic-traces"),
  policyDocument: $jsonStringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { Service: "sns.amazonaws.com" },
        Action: ["xray:PutTraceSegments", "xray:GetSamplingRules", "xray:GetSamplingTargets"],
        Resource: "*",
        Condition: {
          StringEquals: { "aws:SourceAccount": accountId },
          StringLike: {
            "aws:SourceArn": $interpolate`arn:aws:sns:${region}:${accountId}:${physicalName("*")}`,
          },
        },
      },
    ],
  }),
});
