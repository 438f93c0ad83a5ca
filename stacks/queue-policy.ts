/**
 * The one policy of a queue: nobody without TLS, and of the services only SNS, for the topics that are named.
 * Functions and schedules send by the policies of their roles.
 */
export function queuePolicy(
  name: string,
  queue: sst.aws.Queue,
  topicArns: readonly $util.Input<string>[] = [],
): aws.sqs.QueuePolicy {
  return new aws.sqs.QueuePolicy(name, {
    queueUrl: queue.url,
    policy: $jsonStringify({
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "DenyWithoutTls",
          Effect: "Deny",
          Principal: "*",
          Action: "sqs:*",
          Resource: queue.arn,
          Condition: { Bool: { "aws:SecureTransport": "false" } },
        },
        ...topicArns.map((topicArn, index) => ({
          Sid: `AllowTopic${index + 1}`,
          Effect: "Allow",
          Principal: { Service: "sns.amazonaws.com" },
          Action: "sqs:SendMessage",
          Resource: queue.arn,
          Condition: { ArnEquals: { "aws:SourceArn": topicArn } },
        })),
      ],
    }),
  });
}
