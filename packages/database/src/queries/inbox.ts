import { sql } from "slonik";
import { z } from "zod";
import type { Queryable } from "../connect.ts";
import { storableText } from "../storable.ts";

/** Notes that a consumer takes an event in, in the transaction of what it does; false when it did so before. */
export async function receiveOnce(db: Queryable, consumer: string, eventId: string): Promise<boolean> {
  const row = await db.maybeOne(sql.type(z.object({ event_id: z.string() }))`
    INSERT INTO inbox (consumer, event_id) VALUES (${consumer}, ${eventId})
    ON CONFLICT DO NOTHING RETURNING event_id
  `);
  return row !== null;
}

/** Puts a message aside that can never be processed. */
export async function parkMessage(
  db: Queryable,
  message: { consumer: string; messageId: string; reason: string; body: string },
): Promise<void> {
  await db.query(sql.unsafe`
    INSERT INTO parked_messages (consumer, message_id, reason, body)
    VALUES (${message.consumer}, ${message.messageId}, ${storableText(message.reason)}, ${storableText(message.body)})
    ON CONFLICT (consumer, message_id) DO NOTHING
  `);
}
