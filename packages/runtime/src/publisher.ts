import { createHash } from "node:crypto";
import {
  type BatchResultErrorEntry,
  PublishBatchCommand,
  type PublishBatchRequestEntry,
  SNSClient,
} from "@aws-sdk/client-sns";
import type { OutgoingEvent, TopicName } from "@vibe-charting/contracts";
import pMap from "p-map";

/** SNS's limits on one PublishBatch: entries, and bytes of all of them together. */
const maxBatchEntries = 10;
const maxBatchBytes = 256 * 1024;
/** A FIFO topic takes 300 calls a second, as many as ten at a time make; more of them are only turned away. */
const callsAtOnce = 10;

export type PublishResult = {
  readonly published: readonly number[];
  readonly failed: readonly { readonly index: number; readonly reason: string }[];
};

/** Publishes events of one topic; tells which ones SNS accepted, by their index. */
export type Publisher = (topic: TopicName, events: readonly OutgoingEvent[]) => Promise<PublishResult>;

/**
 * Publishes to SNS topics by their ARNs. The events of a group keep their order: each waits for the one before it,
 * and is kept back when that one was not accepted.
 */
export function snsPublisher(
  topicArns: Partial<Record<TopicName, string>>,
  client = new SNSClient({}),
): Publisher {
  // It copies every call and answer for a log that nobody keeps.
  client.middlewareStack.remove("loggerMiddleware");
  return async (topic, events) => {
    const topicArn = topicArns[topic];
    if (!topicArn) throw new Error(`The topic ${topic} is not linked to this function`);
    const entries = events.map((event, index) => toEntry(event, index));
    const published: number[] = [];
    const failed: PublishResult["failed"][number][] = [];
    const stoppedGroups = new Set<string>();
    for (const round of rounds(entries)) {
      const isStopped = ({ groupId }: Entry) => groupId !== null && stoppedGroups.has(groupId);
      const sent = batches(round.filter(entry => !isStopped(entry)));
      const results = await pMap(sent, batch => publishBatch(client, topicArn, batch), {
        concurrency: callsAtOnce,
      });
      const keptBack = round.filter(isStopped).map(({ index }) => ({ index, reason: keptBackReason }));
      const roundFailed = [...results.flatMap(result => result.failed), ...keptBack];
      published.push(...results.flatMap(result => result.published));
      failed.push(...roundFailed);
      for (const { index } of roundFailed) {
        const groupId = events[index]?.groupId;
        if (groupId) stoppedGroups.add(groupId);
      }
    }
    return { published, failed };
  };
}

const keptBackReason = "an earlier event of its group was not published";

type Entry = {
  readonly index: number;
  readonly groupId: string | null;
  readonly bytes: number;
  readonly request: PublishBatchRequestEntry;
};

/** Splits entries so that no round has two of one group; an entry's predecessor is in the round before. */
function rounds(entries: readonly Entry[]): readonly (readonly Entry[])[] {
  const result: Entry[][] = [];
  const nextRound = new Map<string, number>();
  for (const entry of entries) {
    const round = entry.groupId === null ? 0 : (nextRound.get(entry.groupId) ?? 0);
    if (entry.groupId !== null) nextRound.set(entry.groupId, round + 1);
    const members = result[round] ?? [];
    members.push(entry);
    result[round] = members;
  }
  return result;
}

function toEntry(event: OutgoingEvent, index: number): Entry {
  const { json } = event;
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
  return { index, groupId: event.groupId, bytes, request };
}

/** SNS takes 1 to 128 letters, digits and punctuation marks; a digest stands for an id that is something else. */
export function deduplicationId(eventId: string): string {
  if (/^[\x21-\x7e]{1,128}$/.test(eventId)) return eventId;
  return `sha256-${createHash("sha256").update(eventId).digest("hex")}`;
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
