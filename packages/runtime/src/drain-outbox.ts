import type { TopicName } from "@vibe-charting/contracts";
import {
  type Database,
  type LeasedEvent,
  leaseOutbox,
  markPublished,
  releaseUnpublished,
} from "@vibe-charting/database";
import type { Publisher } from "./publisher.ts";

/** Events that one drain takes at a time. */
const drainBatchSize = 500;
/** Longer than a publication with its retries takes; after a crash the events are free again after it. */
const leaseSeconds = 15;

export type DrainReport = {
  readonly published: number;
  readonly failed: number;
  readonly lastError: string | null;
};

/**
 * Publishes committed events of the topics until none is left or SNS refuses some; those stay for the next drain.
 * An event is published at least once: a crash between its publication and its mark publishes it again, under the
 * same id. While some are published, the next ones are taken.
 */
export async function drainOutbox(
  db: Database,
  publish: Publisher,
  topics: readonly TopicName[],
): Promise<DrainReport> {
  const lease = () => leaseOutbox(db, topics, drainBatchSize, leaseSeconds);
  let published = 0;
  let events = await lease();
  while (events.length > 0) {
    const [report, next] = await both(publishAndRecord(db, publish, topics, events), lease());
    published += report.published;
    if (report.failed > 0) {
      await giveBack(db, next);
      return { ...report, published };
    }
    // Events of a group wait for those before them, which are published by now.
    events = next.length > 0 ? next : await lease();
  }
  return { published, failed: 0, lastError: null };
}

/** For how long an event that is added leased stays with whoever added it. */
export const addedLease = { leaseSeconds };

/**
 * Publishes events that were added leased to the caller, after all that waited before them, so that those of a group
 * keep their order. What SNS refuses, and everything behind it, stays for the next drain.
 */
export async function publishAdded(
  db: Database,
  publish: Publisher,
  topics: readonly TopicName[],
  added: readonly LeasedEvent[],
): Promise<DrainReport> {
  let report = await drainOutbox(db, publish, topics);
  let sent: Sent = { accepted: [], refused: [], lastError: null };
  let rest = added;
  while (rest.length > 0 && report.failed === 0 && sent.refused.length === 0) {
    const [next, recorded] = await both(
      sendTopics(publish, topics, rest.slice(0, drainBatchSize)),
      record(db, sent),
    );
    report = sum([report, recorded]);
    sent = next;
    rest = rest.slice(drainBatchSize);
  }
  report = sum([report, await record(db, sent)]);
  await giveBack(db, rest);
  return report;
}

/** Both results, or the first one's failure, when both have ended: nothing goes on behind the caller's back. */
async function both<First, Second>(
  first: Promise<First>,
  second: Promise<Second>,
): Promise<readonly [First, Second]> {
  await Promise.allSettled([first, second]);
  return [await first, await second];
}

/** What was taken and is not to be published now: an event that fails would only be followed by others. */
async function giveBack(db: Database, events: readonly LeasedEvent[]): Promise<void> {
  if (events.length === 0) return;
  const outboxIds = events.map(({ outboxId }) => outboxId);
  await releaseUnpublished(db, outboxIds, "an event before it was not published");
}

async function publishAndRecord(
  db: Database,
  publish: Publisher,
  topics: readonly TopicName[],
  events: readonly LeasedEvent[],
): Promise<DrainReport> {
  return await record(db, await sendTopics(publish, topics, events));
}

/** What SNS said to events, by their ids in the outbox. */
type Sent = {
  readonly accepted: readonly number[];
  readonly refused: readonly number[];
  readonly lastError: string | null;
};

/** Sends each event to its topic. */
async function sendTopics(
  publish: Publisher,
  topics: readonly TopicName[],
  events: readonly LeasedEvent[],
): Promise<Sent> {
  const ofTopics = topics
    .map(topic => ({ topic, events: events.filter(event => event.topic === topic) }))
    .filter(ofTopic => ofTopic.events.length > 0);
  const sent = await Promise.all(
    ofTopics.map(async ofTopic => {
      const { published, failed } = await publish(ofTopic.topic, ofTopic.events);
      const idsAt = (index: number) => ofTopic.events.slice(index, index + 1).map(({ outboxId }) => outboxId);
      return {
        accepted: published.flatMap(idsAt),
        refused: failed.flatMap(({ index }) => idsAt(index)),
        lastError: failed[0]?.reason ?? null,
      };
    }),
  );
  return {
    accepted: sent.flatMap(({ accepted }) => accepted),
    refused: sent.flatMap(({ refused }) => refused),
    lastError: sent.find(({ lastError }) => lastError !== null)?.lastError ?? null,
  };
}

/** Marks what was accepted, and gives back what was not. */
async function record(db: Database, { accepted, refused, lastError }: Sent): Promise<DrainReport> {
  if (accepted.length > 0) await markPublished(db, accepted);
  if (refused.length > 0) await releaseUnpublished(db, refused, lastError ?? "");
  return { published: accepted.length, failed: refused.length, lastError };
}

function sum(reports: readonly DrainReport[]): DrainReport {
  return {
    published: reports.reduce((total, { published }) => total + published, 0),
    failed: reports.reduce((total, { failed }) => total + failed, 0),
    lastError: reports.find(({ lastError }) => lastError !== null)?.lastError ?? null,
  };
}
