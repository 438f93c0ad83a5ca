import { isRecord } from "../resource-reader.ts";

/** As much of Fastify's reply, on which fauxqs runs, as is needed here. */
type Reply = {
  status(code: number): unknown;
  header(name: string, value: string): unknown;
  send(body: unknown): unknown;
};

/** One call of SNS or SQS, as far as a policy can tell it from another. */
export type EmulatorCall = { action: string; resourceArn: string };

// The action that a policy names, where it differs from the call's name.
const SQS_ACTIONS: Record<string, string> = {
  SendMessageBatch: "SendMessage",
  DeleteMessageBatch: "DeleteMessage",
  ChangeMessageVisibilityBatch: "ChangeMessageVisibility",
};
const SNS_ACTIONS: Record<string, string> = { PublishBatch: "Publish" };

/** SNS knows these on all resources only: a policy that names a topic does not allow them. */
const SNS_WITHOUT_RESOURCE = new Set([
  "Unsubscribe",
  "GetSubscriptionAttributes",
  "SetSubscriptionAttributes",
  "ListSubscriptions",
]);

/** What a request to the emulator asks for; nothing when it is not a call of SNS or SQS. */
export function readEmulatorCall(
  target: string | undefined,
  body: unknown,
  account: { region: string; accountId: string },
): EmulatorCall | undefined {
  if (!isRecord(body)) return undefined;
  const sqsCall = /^AmazonSQS\.(\w+)$/.exec(target ?? "")?.[1];
  if (sqsCall !== undefined) {
    const name = typeof body.QueueUrl === "string" ? body.QueueUrl.split("/").at(-1) : body.QueueName;
    const resourceArn =
      typeof name === "string" ? `arn:aws:sqs:${account.region}:${account.accountId}:${name}` : "*";
    return { action: `sqs:${SQS_ACTIONS[sqsCall] ?? sqsCall}`, resourceArn };
  }
  if (typeof body.Action !== "string") return undefined;
  const action = `sns:${SNS_ACTIONS[body.Action] ?? body.Action}`;
  if (SNS_WITHOUT_RESOURCE.has(body.Action)) return { action, resourceArn: "*" };
  const arn = body.TopicArn ?? body.TargetArn ?? body.SubscriptionArn ?? body.ResourceArn;
  return { action, resourceArn: typeof arn === "string" ? arn : "*" };
}

/** Answers AccessDenied as SQS (JSON) or SNS (XML) does. */
export function refuseCall(reply: Reply, isJson: boolean, message: string): unknown {
  reply.status(403);
  if (isJson) {
    reply.header("content-type", "application/x-amz-json-1.0");
    reply.header("x-amzn-query-error", "AccessDenied;Sender");
    return reply.send({ __type: "com.amazon.coral.service#AccessDeniedException", message });
  }
  const text = message.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  reply.header("content-type", "text/xml");
  return reply.send(
    `<ErrorResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><Error><Type>Sender</Type><Code>AuthorizationError</Code><Message>${text}</Message></Error></ErrorResponse>`,
  );
}
