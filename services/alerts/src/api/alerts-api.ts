import type { OperationOf } from "@vibe-charting/contracts";
import type { Database } from "@vibe-charting/database";
import { type ApiRequest, type ApiResponse, httpApi, ProblemError } from "@vibe-charting/runtime";
import { type AlertSources, createAlert } from "./create-alert.ts";
import { endAlert } from "./end-alert.ts";
import { listAlerts } from "./list-alerts.ts";

export type AlertsApiSources = Omit<AlertSources, "db"> & {
  readonly openDatabase: () => Promise<Database>;
  /** Of the page's key. */
  readonly publicKeyId: string;
};

/**
 * The handler of the HTTP API's part about alerts. Whoever has a key sees and ends its alerts, so that a key which
 * everybody has may keep none.
 */
export function alertsApi({ openDatabase, publicKeyId, ...sources }: AlertsApiSources) {
  return httpApi("alerts", async request => {
    if (request.apiKeyId === null) throw new Error(`${request.operation} was called without a key`);
    if (request.apiKeyId === publicKeyId) {
      const detail =
        "Alerts are kept under a key of one's own, which the operators give; this one is the page's.";
      throw new ProblemError("access.public_key", detail);
    }
    const db = await openDatabase().catch(cause => {
      const detail = "The database cannot be reached now. Try again in a few seconds.";
      throw new ProblemError("service.unavailable", detail, { cause });
    });
    return await answer({ db, ...sources }, request, request.apiKeyId);
  });
}

async function answer(
  sources: AlertSources,
  { operation, parameters, body }: ApiRequest<OperationOf<"alerts">>,
  apiKeyId: string,
): Promise<ApiResponse> {
  switch (operation) {
    case "createAlert": {
      const { alert, isNew } = await createAlert(sources, apiKeyId, body);
      return { status: isNew ? 201 : 200, body: alert };
    }
    case "listAlerts":
      return { body: await listAlerts(sources, apiKeyId, parameters) };
    case "deleteAlert":
      return { body: await endAlert(sources, apiKeyId, parameters) };
  }
}
