import type { Alert } from "@vibe-charting/contracts";
import type { AlertRecord } from "@vibe-charting/database";
import { confirmBefore, statusOf, toAlertRecipient } from "../recipients/recipient.ts";

/** An alert as the API shows it. */
export function toAlert(alert: AlertRecord, now: Date): Alert {
  const status = statusOf(alert.recipient, now);
  return {
    id: alert.id,
    recipient: toAlertRecipient(alert.recipient),
    status,
    confirmBefore: status === "pending" ? confirmBefore(alert.recipient).toISOString() : null,
    filter: alert.filter,
    dailyCap: alert.dailyCap,
    quietHours: alert.quietHours,
    createdAt: alert.createdAt.toISOString(),
  };
}
