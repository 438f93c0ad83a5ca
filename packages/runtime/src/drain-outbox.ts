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
    const [report, next] = await both(publishTopics(db, publish, topics, events), lease());
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
  const before = await drainOutbox(db, publish, topics);
  let { published, failed, lastError } = before;
  let rest = added;
  while (rest.length > 0 && failed === 0) {
    const report = await publishTopics(db, publish, topics, rest.slice(0, drainBatchSize));
    rest = rest.slice(drainBatchSize);
    published += report.published;
    ({ failed, lastError } = report);
  }
  await giveBack(db, rest);
  return { published, failed, lastError };
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

async function publishTopics(
  db: Database,
  publish: Publisher,
  topics: readonly TopicName[],
  events: readonly LeasedEvent[],
): Promise<DrainReport> {
  const results = await Promise.all(
    topics.map(topic =>
      publishTopic(
        db,
        publish,
        topic,
        events.filter(event => event.topic === topic),
      ),
    ),
  );
  return {
    published: results.reduce((sum, result) => sum + result.published, 0),
    failed: results.reduce((sum, result) => sum + result.failed, 0),
    lastError: results.find(({ lastError }) => lastError)?.lastError ?? null,
  };
}

async function publishTopic(
  db: Database,
  publish: Publisher,
  topic: TopicName,
  events: readonly LeasedEvent[],
): Promise<DrainReport> {
  if (events.length === 0) return { published: 0, failed: 0, lastError: null };
  const { published, failed } = await publish(topic, events);
  const outboxIdAt = (index: number) => events.slice(index, index + 1).map(({ outboxId }) => outboxId);
  await markPublished(db, published.flatMap(outboxIdAt));
  const lastError = failed[0]?.reason ?? null;
  if (lastError)
    await releaseUnpublished(
      db,
      failed.flatMap(({ index }) => outboxIdAt(index)),
      lastError,
    );
  return { published: published.length, failed: failed.length, lastError };
}
