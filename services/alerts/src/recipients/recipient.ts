import { createHash } from "node:crypto";
import { type AlertRecipient, type AlertStatus, hoursToConfirm } from "@vibe-charting/contracts";
import type { RecipientRecord } from "@vibe-charting/database";
import type { Subscriber } from "@vibe-charting/runtime";

const hourMs = 60 * 60 * 1_000;

type Address = Pick<RecipientRecord, "id" | "channel" | "address">;

/** A channel's address with the id that follows from it, so that SNS's filter for it is the same at each attempt. */
export function recipientAt(channel: RecipientRecord["channel"], address: string): Address {
  const id = createHash("sha256").update(`${channel}:${address}`).digest("base64url").slice(0, 22);
  return { id, channel, address };
}

/** A recipient as SNS is told of it. */
export function toSubscriber({ id, channel, address }: Address): Subscriber {
  return { id, protocol: channel, endpoint: address };
}

/** A recipient as the API shows it. */
export function toAlertRecipient({ channel, address }: Address): AlertRecipient {
  switch (channel) {
    case "email":
      return { channel, address };
    case "https":
      return { channel, url: address };
    case "sqs":
      return { channel, queueArn: address };
  }
}

/** When SNS gives up waiting for the recipient's confirmation. */
export function confirmBefore({ askedAt }: Pick<RecipientRecord, "askedAt">): Date {
  return new Date(askedAt.getTime() + hoursToConfirm * hourMs);
}

/** Where a recipient stands, by what is known of its subscription. */
export function statusOf(recipient: RecipientRecord, now: Date): AlertStatus {
  if (recipient.unsubscribedAt) return "unsubscribed";
  if (recipient.confirmedAt) return "confirmed";
  return now < confirmBefore(recipient) ? "pending" : "expired";
}
