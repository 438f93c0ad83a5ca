import { type Alert, AlertParameters } from "@vibe-charting/contracts";
import {
  countAlertsOfRecipient,
  deleteAlert,
  deleteIdleRecipient,
  findAlert,
  lockAlerts,
} from "@vibe-charting/database";
import { ProblemError, parseInput } from "@vibe-charting/runtime";
import type { AlertSources } from "./create-alert.ts";
import { toAlert } from "./to-alert.ts";

/** `DELETE /alerts/{id}`: ends an alert, and with a recipient's last one its subscription at SNS. */
export async function endAlert(
  { db, subscriptions, now }: AlertSources,
  apiKeyId: string,
  parameters: unknown,
): Promise<Alert> {
  const { id } = parseInput(AlertParameters, parameters, "path");
  const alert = await findAlert(db, apiKeyId, id);
  if (!alert)
    throw new ProblemError("alert.not_found", `This key has no alert ${id}. GET /alerts lists its alerts.`);
  const { recipient } = alert;
  // SNS first: were it to fail after, nobody would know of the subscription any more.
  if ((await countAlertsOfRecipient(db, recipient.id)) === 1 && recipient.subscriptionArn !== null) {
    await subscriptions.unsubscribe(recipient.subscriptionArn).catch(cause => {
      throw new ProblemError(
        "service.unavailable",
        "SNS does not answer now, and the alert goes on. Try again in a few seconds.",
        { cause },
      );
    });
  }
  await db.transaction(async tx => {
    await lockAlerts(tx);
    await deleteAlert(tx, { id, recipientId: recipient.id });
    await deleteIdleRecipient(tx, recipient.id);
  });
  return toAlert(alert, now());
}
