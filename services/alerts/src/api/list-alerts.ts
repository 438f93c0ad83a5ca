import { AlertsParameters, type AlertsResponse, Time } from "@vibe-charting/contracts";
import { listAlertsOfKey } from "@vibe-charting/database";
import { decodeCursor, encodeCursor, parseInput } from "@vibe-charting/runtime";
import { z } from "zod";
import { refreshRecipients } from "../recipients/refresh-recipients.ts";
import type { AlertSources } from "./create-alert.ts";
import { toAlert } from "./to-alert.ts";

const Place = z.strictObject({ createdAt: Time, id: z.uuid() });

/** `GET /alerts`: a key's alerts with where their recipients stand at SNS now, the oldest first. */
export async function listAlerts(
  { db, subscriptions, now }: AlertSources,
  apiKeyId: string,
  parameters: unknown,
): Promise<AlertsResponse> {
  const { limit, cursor } = parseInput(AlertsParameters, parameters, "query");
  const place = cursor === undefined ? undefined : decodeCursor(Place, cursor);
  const page = {
    after: place && { createdAt: new Date(place.createdAt), id: place.id },
    limit: limit + 1,
  };
  const listed = await listAlertsOfKey(db, apiKeyId, page);
  await refreshRecipients(
    db,
    subscriptions,
    listed.map(({ recipient }) => recipient),
  );
  const alerts = (await listAlertsOfKey(db, apiKeyId, page)).slice(0, limit);
  const last = alerts.at(-1);
  return {
    alerts: alerts.map(alert => toAlert(alert, now())),
    nextCursor:
      listed.length > limit && last
        ? encodeCursor({ createdAt: last.createdAt.toISOString(), id: last.id })
        : null,
  };
}
