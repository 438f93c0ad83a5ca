import { SignalChange, SignalState } from "@vibe-charting/contracts";
import { sql } from "slonik";
import { z } from "zod";
import type { Queryable } from "../connect.ts";

export type AlertDelivery = {
  readonly recipientId: string;
  readonly eventId: string;
  readonly alertIds: readonly string[];
  readonly signal: SignalChange;
  /** The product's time. */
  readonly decidedAt: Date;
  /** When the digest with it is due; null for what is sent by itself. */
  readonly heldUntil: Date | null;
};

/** Keeps other deliveries to these recipients out until the transaction ends; gives those that are still there. */
export async function lockRecipients(db: Queryable, ids: readonly string[]): Promise<readonly string[]> {
  return await db.anyFirst(sql.type(z.object({ id: z.string() }))`
    SELECT id FROM alert_recipients WHERE id = ANY (${sql.array([...ids], "text")}) ORDER BY id FOR UPDATE
  `);
}

/** How many messages a recipient was sent by themselves since a time, of the product's own. */
export async function countSentAlerts(db: Queryable, recipientId: string, since: Date): Promise<number> {
  return await db.oneFirst(sql.type(z.object({ sent: z.number() }))`
    SELECT count(*) AS sent FROM alert_deliveries
    WHERE recipient_id = ${recipientId} AND held_until IS NULL AND sent_at >= ${since.toISOString()}
  `);
}

/** Records what was decided for a recipient and a change of a signal, once; tells whether it was new. */
export async function insertAlertDelivery(db: Queryable, delivery: AlertDelivery): Promise<boolean> {
  const { decidedAt, heldUntil } = delivery;
  const inserted = await db.maybeOne(sql.type(z.object({ event_id: z.string() }))`
    INSERT INTO alert_deliveries (recipient_id, event_id, alert_ids, signal, decided_at, held_until, sent_at)
    VALUES (${delivery.recipientId}, ${delivery.eventId}, ${sql.array([...delivery.alertIds], "uuid")},
      ${sql.jsonb(delivery.signal)}, ${decidedAt.toISOString()}, ${heldUntil?.toISOString() ?? null},
      ${heldUntil === null ? decidedAt.toISOString() : null})
    ON CONFLICT (recipient_id, event_id) DO NOTHING
    RETURNING event_id
  `);
  return inserted !== null;
}

/** The recipients with a digest that is due. */
export async function listDueRecipients(
  db: Queryable,
  now: Date,
): Promise<readonly { id: string; channel: "email" | "https" | "sqs"; address: string }[]> {
  const Due = z.object({ id: z.string(), channel: z.enum(["email", "https", "sqs"]), address: z.string() });
  return await db.any(sql.type(Due)`
    SELECT id, channel, address FROM alert_recipients
    WHERE EXISTS (
      SELECT FROM alert_deliveries
      WHERE recipient_id = alert_recipients.id AND sent_at IS NULL AND held_until <= ${now.toISOString()}
    )
    ORDER BY id
  `);
}

const HeldRow = z.object({
  event_id: z.string(),
  alert_ids: z.array(z.string()),
  signal: SignalChange,
  state_now: SignalState.nullable(),
});

/** A change that is held back, with the state that its episode is in now. */
export type HeldAlert = Pick<AlertDelivery, "eventId" | "alertIds" | "signal"> & {
  readonly stateNow: SignalState;
};

/** Takes out what is due for a recipient, the latest first, and marks it as sent. */
export async function takeHeldAlerts(
  db: Queryable,
  recipientId: string,
  now: Date,
): Promise<readonly HeldAlert[]> {
  const rows = await db.any(sql.type(HeldRow)`
    WITH taken AS (
      UPDATE alert_deliveries SET sent_at = ${now.toISOString()}
      WHERE recipient_id = ${recipientId} AND sent_at IS NULL AND held_until <= ${now.toISOString()}
      RETURNING event_id, alert_ids, signal
    )
    SELECT event_id, alert_ids::text[] AS alert_ids, signal, (
      SELECT state FROM (
        SELECT state, detected_at, id FROM signal_events WHERE episode_id = signal->>'episodeId'
        UNION ALL
        SELECT state, detected_at, id FROM market_moves WHERE episode_id = signal->>'episodeId'
      ) changes
      ORDER BY detected_at DESC, id DESC LIMIT 1
    ) AS state_now
    FROM taken ORDER BY signal->>'detectedAt' DESC, event_id
  `);
  return rows.map(row => ({
    eventId: row.event_id,
    alertIds: row.alert_ids,
    signal: row.signal,
    stateNow: row.state_now ?? row.signal.state,
  }));
}

/** Holds back what is due for a recipient for longer: it cannot be reached now. */
export async function postponeHeldAlerts(
  db: Queryable,
  recipientId: string,
  now: Date,
  until: Date,
): Promise<void> {
  await db.query(sql.unsafe`
    UPDATE alert_deliveries SET held_until = ${until.toISOString()}
    WHERE recipient_id = ${recipientId} AND sent_at IS NULL AND held_until <= ${now.toISOString()}
  `);
}
