import { type OutgoingEvent, TopicName } from "@vibe-charting/contracts";
import { sql } from "slonik";
import { z } from "zod";
import type { Queryable } from "../connect.ts";

/**
 * Adds events to be published, in the transaction that they tell of. An event that is there already stays. With
 * `leaseSeconds` the new ones are leased to the caller, who gets them. Throws where a body has several lines.
 */
export async function addToOutbox(
  db: Queryable,
  events: readonly OutgoingEvent[],
  { leaseSeconds = null }: { leaseSeconds?: number | null } = {},
): Promise<readonly LeasedEvent[]> {
  if (events.length === 0) return [];
  const broken = events.find(({ json }) => json.includes("\n"));
  if (broken) throw new TypeError(`The event ${broken.id} has a body of several lines`);
  // JSON as lines, which it has no breaks within: as an array each of its quotes is escaped, as one value it is read twice.
  const added = await db.any(sql.type(AddedRow)`
    INSERT INTO outbox (topic, event_id, group_id, body, message_text, attributes, leased_until, attempts)
    SELECT topic, event_id, group_id, body::json, nullif(message_text, '')::json, attributes::json,
      now() + make_interval(secs => ${leaseSeconds}::float8), ${leaseSeconds === null ? 0 : 1}
    FROM ROWS FROM (
      unnest(${texts(events.map(({ topic }) => topic))}),
      unnest(${texts(events.map(({ id }) => id))}),
      unnest(${texts(events.map(({ groupId }) => groupId))}),
      string_to_table(${events.map(({ json }) => json).join("\n")}, E'\n'),
      string_to_table(${events.map(({ text }) => (text ? JSON.stringify(text) : "")).join("\n")}, E'\n'),
      string_to_table(${events.map(({ attributes }) => JSON.stringify(attributes)).join("\n")}, E'\n')
    ) AS added (topic, event_id, group_id, body, message_text, attributes)
    ON CONFLICT (event_id) DO NOTHING
    RETURNING id, event_id
  `);
  if (leaseSeconds === null) return [];
  const ids = new Map(added.map(({ id, event_id }) => [event_id, id]));
  return events.flatMap(event => {
    const outboxId = ids.get(event.id);
    return outboxId === undefined ? [] : [{ ...event, outboxId }];
  });
}

function texts(values: readonly (string | null)[]) {
  return sql.array([...values], "text");
}

const AddedRow = z.object({ id: z.number(), event_id: z.string() });

const Attribute = z.object({ dataType: z.enum(["String", "Number"]), value: z.string() });
const LeasedRow = z.object({
  outbox_id: z.number(),
  topic: TopicName,
  event_id: z.string(),
  group_id: z.string().nullable(),
  json: z.string(),
  message_text: z.object({ email: z.string(), sms: z.string(), subject: z.string() }).nullable(),
  attributes: z.record(z.string(), Attribute),
});
export type LeasedEvent = OutgoingEvent & { readonly outboxId: number };

/**
 * Takes up to `limit` unpublished events of the topics, oldest first, so that no other drain takes them for
 * `leaseSeconds`. An event waits while an earlier one of its group is leased to somebody else. What is leased is looked
 * for once, and the others are read in their order until there are enough: with 10,000 events that wait, a search for
 * each of them takes minutes.
 */
export async function leaseOutbox(
  db: Queryable,
  topics: readonly TopicName[],
  limit: number,
  leaseSeconds: number,
): Promise<readonly LeasedEvent[]> {
  const rows = await db.any(sql.type(LeasedRow)`
    WITH busy AS MATERIALIZED (
      SELECT topic, group_id, min(id) AS id FROM outbox
      WHERE published_at IS NULL AND leased_until >= now() AND topic = ANY (${sql.array([...topics], "text")})
      GROUP BY topic, group_id
    ),
    leased AS (
      UPDATE outbox SET leased_until = now() + make_interval(secs => ${leaseSeconds}), attempts = attempts + 1
      WHERE id IN (
        SELECT next.id
        FROM unnest(${sql.array([...topics], "text")}) AS wanted (topic)
        CROSS JOIN LATERAL (
          SELECT id FROM outbox candidate
          WHERE published_at IS NULL AND candidate.topic = wanted.topic
            AND (leased_until IS NULL OR leased_until < now())
            AND NOT EXISTS (
              SELECT FROM busy
              WHERE busy.topic = candidate.topic AND busy.group_id = candidate.group_id AND busy.id < candidate.id
            )
          ORDER BY id LIMIT ${limit}
          FOR UPDATE SKIP LOCKED
        ) next
        ORDER BY next.id LIMIT ${limit}
      )
      RETURNING id, topic, event_id, group_id, body, message_text, attributes
    )
    SELECT id AS outbox_id, topic, event_id, group_id, body::text AS json, message_text, attributes
    FROM leased ORDER BY id
  `);
  return rows.map(row => ({
    outboxId: row.outbox_id,
    topic: row.topic,
    id: row.event_id,
    groupId: row.group_id,
    json: row.json,
    text: row.message_text,
    attributes: row.attributes,
  }));
}

/** Marks events that SNS accepted. */
export async function markPublished(db: Queryable, outboxIds: readonly number[]): Promise<void> {
  await db.query(sql.unsafe`
    UPDATE outbox SET published_at = now(), leased_until = NULL, last_error = NULL
    WHERE id = ANY (${sql.array([...outboxIds], "int8")})
  `);
}

/** Gives back events that SNS did not accept, with the reason; the next drain takes them again. */
export async function releaseUnpublished(
  db: Queryable,
  outboxIds: readonly number[],
  reason: string,
): Promise<void> {
  await db.query(sql.unsafe`
    UPDATE outbox SET leased_until = NULL, last_error = ${reason}
    WHERE id = ANY (${sql.array([...outboxIds], "int8")}) AND published_at IS NULL
  `);
}

/** How many events wait to be published, and since when. */
export async function readOutboxBacklog(
  db: Queryable,
): Promise<{ pending: number; oldestSeconds: number | null }> {
  const row = await db.one(sql.type(z.object({ pending: z.number(), oldest_seconds: z.number().nullable() }))`
    SELECT count(*) AS pending, extract(epoch FROM now() - min(created_at))::float8 AS oldest_seconds
    FROM outbox WHERE published_at IS NULL
  `);
  return { pending: row.pending, oldestSeconds: row.oldest_seconds };
}
