import { AlertFilter, type AlertRecipient, QuietHours } from "@vibe-charting/contracts";
import { sql } from "slonik";
import { z } from "zod";
import type { Queryable } from "../connect.ts";

const RecipientRow = z.object({
  id: z.string(),
  api_key_id: z.string(),
  channel: z.enum(["email", "https", "sqs"]),
  address: z.string(),
  subscription_arn: z.string().nullable(),
  asked_at: z.date(),
  confirmed_at: z.date().nullable(),
  unsubscribed_at: z.date().nullable(),
});
const AlertRow = z.object({
  alert_id: z.string(),
  filter: AlertFilter,
  cmc_ids: z.array(z.number()).nullable(),
  daily_cap: z.number(),
  quiet_hours: QuietHours.nullable(),
  created_at: z.date(),
  ...RecipientRow.shape,
});
type AlertRow = z.infer<typeof AlertRow>;

/** Whom alerts go to, and where its subscription at SNS stands as far as is known. */
export type RecipientRecord = {
  readonly id: string;
  readonly apiKeyId: string;
  readonly channel: AlertRecipient["channel"];
  readonly address: string;
  readonly subscriptionArn: string | null;
  readonly askedAt: Date;
  readonly confirmedAt: Date | null;
  readonly unsubscribedAt: Date | null;
};

export type AlertRecord = {
  readonly id: string;
  readonly recipient: RecipientRecord;
  readonly filter: AlertFilter;
  /** The coins that the filter's symbols meant when it was made; null for all coins. */
  readonly cmcIds: readonly number[] | null;
  readonly dailyCap: number;
  readonly quietHours: QuietHours | null;
  readonly createdAt: Date;
};

const columns = sql.fragment`
  alert.id AS alert_id, filter, cmc_ids, daily_cap, quiet_hours, alert.created_at,
  recipient.id, api_key_id, channel, address, subscription_arn, asked_at, confirmed_at, unsubscribed_at
`;

/** Keeps others out who add or end alerts, until the transaction ends: limits are counted before rows are added. */
export async function lockAlerts(db: Queryable): Promise<void> {
  await db.query(sql.unsafe`SELECT pg_advisory_xact_lock(hashtext('alerts'))`);
}

/** A recipient by its id, or null. */
export async function findRecipient(db: Queryable, id: string): Promise<RecipientRecord | null> {
  const row = await db.maybeOne(sql.type(RecipientRow)`
    SELECT id, api_key_id, channel, address, subscription_arn, asked_at, confirmed_at, unsubscribed_at
    FROM alert_recipients WHERE id = ${id}
  `);
  return row && toRecipient(row);
}

/** How many alerts a key has, and how many recipients there are in all. */
export async function countAlerts(
  db: Queryable,
  apiKeyId: string,
): Promise<{ ofKey: number; recipients: number }> {
  const row = await db.one(sql.type(z.object({ of_key: z.number(), recipients: z.number() }))`
    SELECT
      (
        SELECT count(*) FROM alerts JOIN alert_recipients ON alert_recipients.id = recipient_id
        WHERE api_key_id = ${apiKeyId}
      ) AS of_key,
      (SELECT count(*) FROM alert_recipients) AS recipients
  `);
  return { ofKey: row.of_key, recipients: row.recipients };
}

/** Adds a recipient; one that is there already stays as it is. */
export async function insertRecipient(
  db: Queryable,
  recipient: Pick<RecipientRecord, "id" | "apiKeyId" | "channel" | "address">,
): Promise<void> {
  await db.query(sql.unsafe`
    INSERT INTO alert_recipients (id, api_key_id, channel, address)
    VALUES (${recipient.id}, ${recipient.apiKeyId}, ${recipient.channel}, ${recipient.address})
    ON CONFLICT (id) DO NOTHING
  `);
}

/** Records that SNS was told to subscribe a recipient, which may have to confirm it anew. */
export async function recordAsked(db: Queryable, id: string, subscriptionArn: string): Promise<void> {
  await db.query(sql.unsafe`
    UPDATE alert_recipients
    SET subscription_arn = ${subscriptionArn}, asked_at = now(), confirmed_at = NULL, unsubscribed_at = NULL
    WHERE id = ${id}
  `);
}

/** Records where subscriptions stand, as SNS told. */
export async function recordSubscriptions(
  db: Queryable,
  found: readonly { readonly id: string; readonly confirmedArn: string | null }[],
): Promise<void> {
  await db.query(sql.unsafe`
    UPDATE alert_recipients SET
      subscription_arn = coalesce(found.arn, subscription_arn),
      confirmed_at = CASE WHEN found.arn IS NULL THEN confirmed_at ELSE coalesce(confirmed_at, now()) END,
      unsubscribed_at = CASE
        WHEN found.arn IS NOT NULL THEN NULL
        WHEN confirmed_at IS NOT NULL THEN coalesce(unsubscribed_at, now())
      END
    FROM ${sql.unnest(
      found.map(({ id, confirmedArn }) => [id, confirmedArn]),
      ["text", "text"],
    )} AS found (id, arn)
    WHERE alert_recipients.id = found.id
  `);
}

/**
 * Adds an alert. A recipient has one alert of a filter: the cap and the quiet hours of that one become those given.
 * Tells whether it is new.
 */
export async function upsertAlert(
  db: Queryable,
  alert: Pick<AlertRecord, "id" | "filter" | "cmcIds" | "dailyCap" | "quietHours"> & { recipientId: string },
): Promise<{ id: string; isNew: boolean }> {
  const cmcIds = alert.cmcIds && sql.array([...alert.cmcIds], "int8");
  const row = await db.one(sql.type(z.object({ id: z.string(), is_new: z.boolean() }))`
    INSERT INTO alerts (id, recipient_id, filter, cmc_ids, daily_cap, quiet_hours)
    VALUES (${alert.id}, ${alert.recipientId}, ${sql.jsonb(alert.filter)}, ${cmcIds}, ${alert.dailyCap},
      ${alert.quietHours && sql.jsonb(alert.quietHours)})
    ON CONFLICT (recipient_id, filter) DO UPDATE SET
      cmc_ids = excluded.cmc_ids, daily_cap = excluded.daily_cap, quiet_hours = excluded.quiet_hours
    RETURNING id, id = ${alert.id} AS is_new
  `);
  return { id: row.id, isNew: row.is_new };
}

/** An alert of a key, or null. */
export async function findAlert(db: Queryable, apiKeyId: string, id: string): Promise<AlertRecord | null> {
  const row = await db.maybeOne(sql.type(AlertRow)`
    SELECT ${columns} FROM alerts alert JOIN alert_recipients recipient ON recipient.id = recipient_id
    WHERE api_key_id = ${apiKeyId} AND alert.id = ${id}
  `);
  return row && toAlert(row);
}

/** A page of a key's alerts, the oldest first, after the one that `after` names. */
export async function listAlertsOfKey(
  db: Queryable,
  apiKeyId: string,
  page: {
    readonly after?: { readonly createdAt: Date; readonly id: string } | undefined;
    readonly limit: number;
  },
): Promise<readonly AlertRecord[]> {
  const after = page.after
    ? sql.fragment`(alert.created_at, alert.id) > (${page.after.createdAt.toISOString()}::timestamptz, ${page.after.id}::uuid)`
    : sql.fragment`true`;
  const rows = await db.any(sql.type(AlertRow)`
    SELECT ${columns} FROM alerts alert JOIN alert_recipients recipient ON recipient.id = recipient_id
    WHERE api_key_id = ${apiKeyId} AND ${after}
    ORDER BY alert.created_at, alert.id LIMIT ${page.limit}
  `);
  return rows.map(toAlert);
}

/** The alerts of every recipient that may still be told something. */
export async function listOpenAlerts(db: Queryable): Promise<readonly AlertRecord[]> {
  const rows = await db.any(sql.type(AlertRow)`
    SELECT ${columns} FROM alerts alert JOIN alert_recipients recipient ON recipient.id = recipient_id
    WHERE unsubscribed_at IS NULL
    ORDER BY alert.created_at, alert.id
  `);
  return rows.map(toAlert);
}

/** How many alerts a recipient has. */
export async function countAlertsOfRecipient(db: Queryable, recipientId: string): Promise<number> {
  return await db.oneFirst(sql.type(z.object({ alerts: z.number() }))`
    SELECT count(*) AS alerts FROM alerts WHERE recipient_id = ${recipientId}
  `);
}

/** Ends an alert, with what is held back for it alone. */
export async function deleteAlert(db: Queryable, alert: { id: string; recipientId: string }): Promise<void> {
  await db.query(sql.unsafe`DELETE FROM alerts WHERE id = ${alert.id}`);
  await db.query(sql.unsafe`
    DELETE FROM alert_deliveries
    WHERE recipient_id = ${alert.recipientId} AND sent_at IS NULL
      AND NOT alert_ids && ARRAY(SELECT id FROM alerts WHERE recipient_id = ${alert.recipientId})
  `);
}

/** Forgets a recipient that has no alert, with what it was told; tells whether it had none. */
export async function deleteIdleRecipient(db: Queryable, id: string): Promise<boolean> {
  const row = await db.maybeOne(sql.type(z.object({ id: z.string() }))`
    DELETE FROM alert_recipients
    WHERE id = ${id} AND NOT EXISTS (SELECT FROM alerts WHERE recipient_id = ${id})
    RETURNING id
  `);
  return row !== null;
}

function toAlert(row: AlertRow): AlertRecord {
  return {
    id: row.alert_id,
    recipient: toRecipient(row),
    filter: row.filter,
    cmcIds: row.cmc_ids,
    dailyCap: row.daily_cap,
    quietHours: row.quiet_hours,
    createdAt: row.created_at,
  };
}

function toRecipient(row: z.infer<typeof RecipientRow>): RecipientRecord {
  return {
    id: row.id,
    apiKeyId: row.api_key_id,
    channel: row.channel,
    address: row.address,
    subscriptionArn: row.subscription_arn,
    askedAt: row.asked_at,
    confirmedAt: row.confirmed_at,
    unsubscribedAt: row.unsubscribed_at,
  };
}
