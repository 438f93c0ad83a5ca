import { accountId } from "./stage.ts";

/**
 * The policy of a topic: nobody without TLS, and of the services only those that are named, for this account.
 * Functions publish by the policies of their roles.
 */
export function topicPolicy(
  name: string,
  topicArn: $util.Output<string>,
  services: readonly string[] = [],
): aws.sns.TopicPolicy {
  return new aws.sns.TopicPolicy(name, {
    arn: topicArn,
    policy: $jsonStringify({
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "DenyWithoutTls",
          Effect: "Deny",
          Principal: "*",
          Action: "sns:Publish",
          Resource: topicArn,
          Condition: { Bool: { "aws:SecureTransport": "false" } },
        },
        ...(services.length > 0
          ? [
              {
                Sid: "AllowServices",
                Effect: "Allow",
                Principal: { Service: services },
                Action: "sns:Publish",
                Resource: topicArn,
                Condition: { StringEquals: { "aws:SourceAccount": accountId } },
              },
            ]
          : []),
      ],
    }),
  });
}
