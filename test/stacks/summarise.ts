import type { ResourceGraph } from "@vibe-charting/local-stage";

/** What a reviewer wants to see change, by Pulumi type; of other types the names are enough. */
const keyProperties: Record<string, readonly string[]> = {
  "aws:apigateway/method:Method": ["httpMethod", "apiKeyRequired"],
  "aws:apigateway/resource:Resource": ["pathPart"],
  "aws:apigateway/stage:Stage": ["stageName", "xrayTracingEnabled"],
  "aws:apigateway/methodSettings:MethodSettings": ["methodPath", "settings"],
  "aws:apigateway/usagePlan:UsagePlan": ["quotaSettings", "throttleSettings"],
  "aws:budgets/budget:Budget": ["limitAmount", "timeUnit"],
  "aws:cloudwatch/logGroup:LogGroup": ["name", "retentionInDays"],
  "aws:cloudwatch/logMetricFilter:LogMetricFilter": ["pattern", "metricTransformation"],
  "aws:cloudwatch/metricAlarm:MetricAlarm": [
    "namespace",
    "metricName",
    "comparisonOperator",
    "threshold",
    "evaluationPeriods",
    "period",
    "treatMissingData",
  ],
  "aws:cloudfront/distribution:Distribution": [
    "aliases",
    "defaultCacheBehavior",
    "viewerCertificate",
    "customErrorResponses",
  ],
  "aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy": [
    "securityHeadersConfig",
    "customHeadersConfig",
  ],
  "aws:ec2/instance:Instance": ["instanceType"],
  "aws:ec2/securityGroup:SecurityGroup": ["name", "ingress", "egress"],
  "aws:ec2/subnet:Subnet": ["availabilityZone", "cidrBlock"],
  "aws:ec2/vpc:Vpc": ["cidrBlock"],
  "aws:iam/role:Role": ["assumeRolePolicy", "inlinePolicies", "managedPolicyArns"],
  "aws:lambda/eventSourceMapping:EventSourceMapping": ["batchSize", "scalingConfig", "functionResponseTypes"],
  "aws:lambda/function:Function": [
    "name",
    "memorySize",
    "timeout",
    "runtime",
    "architectures",
    "reservedConcurrentExecutions",
  ],
  "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig": [
    "maximumRetryAttempts",
    "maximumEventAgeInSeconds",
    "destinationConfig",
  ],
  "aws:rds/instance:Instance": [
    "identifier",
    "instanceClass",
    "engineVersion",
    "allocatedStorage",
    "multiAz",
    "deletionProtection",
    "backupRetentionPeriod",
    "storageEncrypted",
  ],
  "aws:rds/parameterGroup:ParameterGroup": ["family", "parameters"],
  "aws:s3/bucketPolicy:BucketPolicy": ["policy"],
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": [
    "blockPublicAcls",
    "blockPublicPolicy",
    "ignorePublicAcls",
    "restrictPublicBuckets",
  ],
  "aws:scheduler/schedule:Schedule": ["name", "scheduleExpression", "target"],
  "aws:secretsmanager/secret:Secret": ["name", "recoveryWindowInDays"],
  "aws:sns/topic:Topic": ["name", "fifoTopic", "kmsMasterKeyId"],
  "aws:sns/topicPolicy:TopicPolicy": ["policy"],
  "aws:sns/topicSubscription:TopicSubscription": [
    "protocol",
    "filterPolicy",
    "rawMessageDelivery",
    "redrivePolicy",
  ],
  "aws:sqs/queue:Queue": [
    "name",
    "fifoQueue",
    "visibilityTimeoutSeconds",
    "messageRetentionSeconds",
    "redrivePolicy",
  ],
  "aws:sqs/queuePolicy:QueuePolicy": ["policy"],
};

/** Of SST itself, and named after what is deployed: neither says what the infrastructure is. */
const leftOut = /^(sst:|aws:s3\/bucketObjectv2:)/;

/** Names, types and key properties of everything that a deploy would make, a paragraph each. */
export function summarise(graph: ResourceGraph): string {
  const paragraphs = graph.resources
    .filter(({ type }) => !leftOut.test(type))
    .map(({ type, name, inputs, protect }) => {
      const lines = (keyProperties[type] ?? [])
        .filter(property => inputs[property] !== undefined)
        .map(property => `  ${property}: ${plain(inputs[property])}\n`);
      return `${type} ${name}${protect ? " (protected)" : ""}\n${lines.join("")}`;
    });
  return paragraphs.sort().join("");
}

/** Policies are JSON in JSON, and spaced in several ways. */
function plain(value: unknown): string {
  return JSON.stringify(value, (_key, entry: unknown) => {
    if (typeof entry !== "string" || !/^\s*\{\s*"/.test(entry)) return entry;
    return JSON.parse(entry);
  });
}
