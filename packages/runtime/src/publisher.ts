import {
  type BatchResultErrorEntry,
  PublishBatchCommand,
  type PublishBatchRequestEntry,
  SNSClient,
} from "@aws-sdk/client-sns";
import type { OutgoingEvent, TopicName } from "@vibe-charting/contracts";

/** SNS's limits on one PublishBatch: entries, and bytes of all of them together. */
const maxBatchEntries = 10;
const maxBatchBytes = 256 * 1024;

export type PublishResult = {
  readonly published: readonly number[];
  readonly failed: readonly { readonly index: number; readonly reason: string }[];
};

/** Publishes events of one topic; tells which ones SNS accepted, by their index. */
export type Publisher = (topic: TopicName, events: readonly OutgoingEvent[]) => Promise<PublishResult>;

/** Publishes to SNS topics by their ARNs. */
export function snsPublisher(
  topicArns: Partial<Record<TopicName, string>>,
  client = new SNSClient({}),
): Publisher {
  return async (topic, events) => {
    const topicArn = topicArns[topic];
    if (!topicArn) throw new Error(`The topic ${topic} is not linked to this function`);
    const entries = events.map((event, index) => toEntry(event, index));
    const results = await Promise.all(batches(entries).map(batch => publishBatch(client, topicArn, batch)));
    return {
      published: results.flatMap(result => result.published),
      failed: results.flatMap(result => result.failed),
    };
  };
}

type Entry = { readonly index: number; readonly bytes: number; readonly request: PublishBatchRequestEntry };

function toEntry(event: OutgoingEvent, index: number): Entry {
  const json = JSON.stringify(event.body);
  const message = event.text
    ? {
        Message: JSON.stringify({ default: json, email: event.text.email, sms: event.text.sms }),
        MessageStructure: "json",
        Subject: event.text.subject,
      }
    : { Message: json };
  const request: PublishBatchRequestEntry = {
    Id: String(index),
    ...message,
    MessageAttributes: Object.fromEntries(
      Object.entries(event.attributes).map(([name, { dataType, value }]) => [
        name,
        { DataType: dataType, StringValue: value },
      ]),
    ),
    ...(event.groupId === null
      ? {}
      : { MessageGroupId: event.groupId, MessageDeduplicationId: deduplicationId(event.id) }),
  };
  const attributes = Object.entries(event.attributes).flatMap(([name, { dataType, value }]) => [
    name,
    dataType,
    value,
  ]);
  const bytes = [message.Message, ...attributes].reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  return { index, bytes, request };
}

/** SNS takes at most 128 characters of letters, digits and punctuation. */
function deduplicationId(eventId: string): string {
  return eventId.replaceAll(/[^\x21-\x7e]/g, "-").slice(-128);
}

/** Splits entries, in their order, into batches within SNS's limits. */
export function batches<T extends { readonly bytes: number }>(
  entries: readonly T[],
): readonly (readonly T[])[] {
  const result: T[][] = [];
  let batch: T[] = [];
  let bytes = 0;
  for (const entry of entries) {
    if (batch.length > 0 && (batch.length === maxBatchEntries || bytes + entry.bytes > maxBatchBytes)) {
      result.push(batch);
      batch = [];
      bytes = 0;
    }
    batch.push(entry);
    bytes += entry.bytes;
  }
  if (batch.length > 0) result.push(batch);
  return result;
}

/** PublishBatch answers 200 even when some entries failed, and throws when it took none for certain. */
async function publishBatch(
  client: SNSClient,
  topicArn: string,
  batch: readonly Entry[],
): Promise<PublishResult> {
  try {
    const { Successful = [], Failed = [] } = await client.send(
      new PublishBatchCommand({
        TopicArn: topicArn,
        PublishBatchRequestEntries: batch.map(({ request }) => request),
      }),
    );
    return {
      published: Successful.map(({ Id }) => Number(Id)),
      failed: Failed.map(entry => ({ index: Number(entry.Id), reason: describeFailure(entry) })),
    };
  } catch (error) {
    return { published: [], failed: batch.map(({ index }) => ({ index, reason: String(error) })) };
  }
}

function describeFailure({ Code, Message }: BatchResultErrorEntry): string {
  return [Code, Message].filter(Boolean).join(": ") || "refused without a reason";
}
