import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { Alert } from "@vibe-charting/contracts";
import { api } from "../api/client.ts";
import { useAlerts } from "../api/queries.ts";
import { Failure, Interrupted } from "../layout/failure.tsx";
import { Loading } from "../layout/loading.tsx";
import { addressOf, describeAlert, describeStatus } from "./describe-alert.ts";

const statusNames: Readonly<Record<Alert["status"], string>> = {
  pending: "Pending",
  confirmed: "Confirmed",
  expired: "Expired",
  unsubscribed: "Unsubscribed",
};
const badgeOf: Readonly<Record<Alert["status"], string>> = {
  pending: "open",
  confirmed: "confirmed",
  expired: "ended",
  unsubscribed: "ended",
};

/** The alerts of a key: whom each tells what, whether that is confirmed, and a button to end it. */
export function AlertList({ apiKey }: { apiKey: string }) {
  const alerts = useAlerts(apiKey);
  const list = alerts.data?.alerts ?? [];
  return (
    <section className="alert-list" aria-labelledby="alerts-title">
      <h3 id="alerts-title">Your alerts</h3>
      {alerts.isError && !alerts.data && <Failure error={alerts.error} retry={alerts.refetch} />}
      {alerts.isError && alerts.data && <Interrupted error={alerts.error} />}
      {alerts.isPending && <Loading what="your alerts" lines={2} />}
      {alerts.data && list.length === 0 && <p className="note">None yet.</p>}
      <ul>
        {list.map(alert => (
          <li key={alert.id} data-alert={alert.id} data-status={alert.status}>
            <AlertItem apiKey={apiKey} alert={alert} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function AlertItem({ apiKey, alert }: { apiKey: string; alert: Alert }) {
  const queries = useQueryClient();
  const end = useMutation({
    mutationFn: () => api.deleteAlert(apiKey, alert.id),
    onSettled: () => queries.invalidateQueries({ queryKey: ["alerts"] }),
  });
  const address = addressOf(alert);
  return (
    <>
      <p className="alert-head">
        <strong dir="ltr">{address}</strong>
        <span className={`badge ${badgeOf[alert.status]}`}>{statusNames[alert.status]}</span>
        <button
          type="button"
          className="quiet"
          disabled={end.isPending}
          onClick={() => end.mutate()}
          aria-label={`End the alert for ${address}: ${describeAlert(alert)}`}
        >
          End
        </button>
      </p>
      <p>{describeAlert(alert)}</p>
      <p className="note">{describeStatus(alert)}</p>
      {end.isError && <Failure error={end.error} />}
    </>
  );
}
