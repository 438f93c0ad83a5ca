import { type Queryable, type RecipientRecord, recordSubscriptions } from "@vibe-charting/database";
import type { TopicSubscriptions } from "@vibe-charting/runtime";

/** Brings what is known of recipients' subscriptions up to what SNS says: a confirmation is told to SNS alone. */
export async function refreshRecipients(
  db: Queryable,
  subscriptions: Pick<TopicSubscriptions, "list">,
  recipients: readonly Pick<RecipientRecord, "id" | "channel" | "address">[],
): Promise<void> {
  if (recipients.length === 0) return;
  const listed = await subscriptions.list();
  const found = recipients.flatMap(({ id, channel, address }) => {
    const subscription = listed.find(
      ({ protocol, endpoint }) => protocol === channel && endpoint === address,
    );
    const isPending = subscription?.confirmedArn === null;
    return isPending ? [] : [{ id, confirmedArn: subscription?.confirmedArn ?? null }];
  });
  await recordSubscriptions(db, found);
}
