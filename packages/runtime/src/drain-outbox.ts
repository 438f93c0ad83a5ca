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
 * same id.
 */
export async function drainOutbox(
  db: Database,
  publish: Publisher,
  topics: readonly TopicName[],
): Promise<DrainReport> {
  let published = 0;
  for (;;) {
    const events = await leaseOutbox(db, topics, drainBatchSize, leaseSeconds);
    if (events.length === 0) return { published, failed: 0, lastError: null };
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
    published += results.reduce((sum, result) => sum + result.published, 0);
    const failed = results.reduce((sum, result) => sum + result.failed, 0);
    if (failed > 0)
      return { published, failed, lastError: results.find(({ lastError }) => lastError)?.lastError ?? null };
  }
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
