import type { Message } from "@aws-sdk/client-sqs";
import type { SQSEvent, SQSMessageAttributes, SQSRecord } from "aws-lambda";
import { isRecord } from "../resource-reader.ts";
import type { InvocationResult } from "./invocation.ts";

/** The event with which Lambda's event source mapping calls a function. */
export function buildSqsEvent(messages: Message[], queueArn: string, region: string): SQSEvent {
  return { Records: messages.map(message => buildRecord(message, queueArn, region)) };
}

function buildRecord(message: Message, queueArn: string, region: string): SQSRecord {
  const attributes = message.Attributes ?? {};
  const messageAttributes: SQSMessageAttributes = {};
  for (const [name, value] of Object.entries(message.MessageAttributes ?? {})) {
    messageAttributes[name] = {
      ...(value.StringValue !== undefined && { stringValue: value.StringValue }),
      ...(value.BinaryValue !== undefined && {
        binaryValue: Buffer.from(value.BinaryValue).toString("base64"),
      }),
      stringListValues: [],
      binaryListValues: [],
      dataType: value.DataType ?? "String",
    };
  }
  return {
    messageId: message.MessageId ?? "",
    receiptHandle: message.ReceiptHandle ?? "",
    body: message.Body ?? "",
    attributes: {
      ...attributes,
      ApproximateReceiveCount: attributes.ApproximateReceiveCount ?? "1",
      SentTimestamp: attributes.SentTimestamp ?? "0",
      SenderId: attributes.SenderId ?? "",
      ApproximateFirstReceiveTimestamp: attributes.ApproximateFirstReceiveTimestamp ?? "0",
    },
    messageAttributes,
    md5OfBody: message.MD5OfBody ?? "",
    ...(message.MD5OfMessageAttributes !== undefined && {
      md5OfMessageAttributes: message.MD5OfMessageAttributes,
    }),
    eventSource: "aws:sqs",
    eventSourceARN: queueArn,
    awsRegion: region,
  };
}

/**
 * The messages that are done, by Lambda's rules (AWS.md 1.3): a failed invocation and a malformed or unknown
 * identifier fail the whole batch; a missing or empty list is success.
 */
export function settledMessages(
  messages: Message[],
  result: InvocationResult,
  reportsItemFailures: boolean,
): Message[] {
  if (!result.ok) return [];
  if (!reportsItemFailures) return messages;
  const response: unknown = JSON.parse(result.payload);
  if (response === null) return messages;
  if (!isRecord(response)) return [];
  const failures = response.batchItemFailures ?? [];
  if (!Array.isArray(failures)) return [];
  const failed = new Set<unknown>(failures.map(item => (isRecord(item) ? item.itemIdentifier : undefined)));
  const known = new Set<unknown>(messages.map(message => message.MessageId));
  for (const id of failed) if (!known.has(id)) return [];
  return messages.filter(message => !failed.has(message.MessageId));
}
