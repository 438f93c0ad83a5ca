import { randomUUID } from "node:crypto";
import { type Alert, AlertRequest, defaultDailyCap } from "@vibe-charting/contracts";
import {
  countAlerts,
  type Database,
  deleteAlert,
  deleteIdleRecipient,
  findAlert,
  findRecipient,
  insertRecipient,
  lockAlerts,
  type RecipientRecord,
  recordAsked,
  upsertAlert,
} from "@vibe-charting/database";
import {
  ProblemError,
  parseInput,
  SubscriberRefusedError,
  type TopicSubscriptions,
} from "@vibe-charting/runtime";
import { statusOf, toSubscriber } from "../recipients/recipient.ts";
import { refreshRecipients } from "../recipients/refresh-recipients.ts";
import type { ResolveHost } from "../recipients/resolve-endpoint.ts";
import { acceptFilter } from "./accept-filter.ts";
import { acceptRecipient, addressField, refusal } from "./accept-recipient.ts";
import { toAlert } from "./to-alert.ts";

/** Alerts that one key may have. */
export const mostAlertsOfKey = 50;
/** Recipients in all: each has a filter policy, of which a topic may have 200 (AWS: SNS quotas). */
const mostRecipients = 200;

export type AlertSources = {
  readonly db: Database;
  readonly topicArn: string;
  readonly subscriptions: TopicSubscriptions;
  readonly resolveHost: ResolveHost;
  readonly now: () => Date;
};

/**
 * `POST /alerts`: keeps the alert and has SNS ask its recipient. The same recipient and filter again is the same
 * alert: its cap and quiet hours become those of the request, and a recipient that is lost is asked anew.
 */
export async function createAlert(
  sources: AlertSources,
  apiKeyId: string,
  body: unknown,
): Promise<{ alert: Alert; isNew: boolean }> {
  const { db, now } = sources;
  const request = parseInput(AlertRequest, body, "body");
  const recipient = { ...(await acceptRecipient(request.recipient, sources)), apiKeyId };
  const accepted = await acceptFilter(db, request.filter ?? {});
  const { id, isNew } = await db.transaction(async tx => {
    await lockAlerts(tx);
    await checkOwner(await findRecipient(tx, recipient.id), apiKeyId);
    await insertRecipient(tx, recipient);
    const kept = await upsertAlert(tx, {
      ...accepted,
      id: randomUUID(),
      recipientId: recipient.id,
      dailyCap: request.dailyCap ?? defaultDailyCap,
      quietHours: request.quietHours ?? null,
    });
    const counts = await countAlerts(tx, apiKeyId);
    if (kept.isNew && counts.ofKey > mostAlertsOfKey)
      throw limitReached(
        `This key has ${mostAlertsOfKey} alerts, and no more are kept. End one that is not needed.`,
      );
    if (kept.isNew && counts.recipients > mostRecipients)
      throw limitReached(
        `Alerts go to ${mostRecipients} recipients, and no more are taken. Ask the operators.`,
      );
    return kept;
  });
  try {
    await ensureSubscribed(sources, recipient.id);
  } catch (error) {
    if (isNew) await withdraw(db, { id, recipientId: recipient.id });
    if (error instanceof SubscriberRefusedError)
      throw refusal(addressField[recipient.channel], `is refused by SNS: ${error.message}`);
    throw new ProblemError(
      "service.unavailable",
      "SNS does not answer now, and nothing was kept. Try again in a few seconds.",
      {
        cause: error,
      },
    );
  }
  const alert = await findAlert(db, apiKeyId, id);
  if (!alert) throw new ProblemError("alert.not_found", "The alert was ended while it was made.");
  return { alert: toAlert(alert, now()), isNew };
}

/** One key's recipients are no other's: a confirmation that was given to one must not serve another. */
async function checkOwner(recipient: RecipientRecord | null, apiKeyId: string): Promise<void> {
  if (recipient && recipient.apiKeyId !== apiKeyId)
    throw new ProblemError(
      "alert.recipient_taken",
      "Another key has alerts for this recipient. End those, or use another recipient.",
    );
}

function limitReached(detail: string): ProblemError {
  return new ProblemError("alert.limit_reached", detail);
}

/** Has SNS ask the recipient, unless it is asked or subscribed already. */
async function ensureSubscribed({ db, subscriptions, now }: AlertSources, id: string): Promise<void> {
  const known = await findRecipient(db, id);
  if (!known) return;
  if (known.subscriptionArn !== null) await refreshRecipients(db, subscriptions, [known]);
  const recipient = (await findRecipient(db, id)) ?? known;
  const status = statusOf(recipient, now());
  if (recipient.subscriptionArn !== null && (status === "pending" || status === "confirmed")) return;
  await recordAsked(db, id, await subscriptions.subscribe(toSubscriber(recipient)));
  // A queue of the same account is subscribed at once.
  await refreshRecipients(db, subscriptions, [recipient]);
}

async function withdraw(
  db: Database,
  { id, recipientId }: { id: string; recipientId: string },
): Promise<void> {
  await db.transaction(async tx => {
    await lockAlerts(tx);
    await deleteAlert(tx, { id, recipientId });
    await deleteIdleRecipient(tx, recipientId);
  });
}
