import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { Alert } from "@vibe-charting/contracts";
import { type SubmitEvent, useState } from "react";
import { ApiError } from "../api/api-error.ts";
import { api } from "../api/client.ts";
import { Failure } from "../layout/failure.tsx";
import { type AlertChannel, type AlertDraft, toAlertRequest } from "./alert-request.ts";
import { addressOf, describeStatus } from "./describe-alert.ts";
import { Field } from "./field.tsx";
import { QuietFields } from "./quiet-fields.tsx";
import { SignalFields } from "./signal-fields.tsx";

const channels: Readonly<Record<AlertChannel, { name: string; label: string; example: string }>> = {
  email: { name: "E-mail", label: "E-mail address", example: "trader@example.com" },
  https: { name: "HTTPS endpoint", label: "Address of the endpoint", example: "https://example.com/alerts" },
  sqs: {
    name: "SQS queue",
    label: "ARN of the queue",
    example: "arn:aws:sqs:us-east-2:111122223333:alerts",
  },
};
// The keys of a record of channels are the channels.
const channelNames = Object.keys(channels) as AlertChannel[];
const addressFields = ["recipient.address", "recipient.url", "recipient.queueArn", "recipient"];

/** Makes an alert: whom to tell, what, and when not. What the API refuses stands beside its field. */
export function AlertForm({ apiKey, draft: initial }: { apiKey: string; draft: AlertDraft }) {
  const [draft, setDraft] = useState(initial);
  const queries = useQueryClient();
  const create = useMutation({
    mutationFn: () => api.createAlert(apiKey, toAlertRequest(draft)),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["alerts"] }),
  });
  const set = (part: Partial<AlertDraft>) => setDraft(before => ({ ...before, ...part }));
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    create.mutate();
  };
  const wrong = create.error instanceof ApiError ? create.error.fields : [];
  const wrongWith = (...fields: string[]) => wrong.find(({ field }) => fields.includes(field))?.message;
  return (
    <form className="alert-form" onSubmit={submit} aria-label="A new alert">
      <fieldset className="fields">
        <legend>Whom to tell</legend>
        <label className="filter">
          By
          <select
            value={draft.channel}
            onChange={({ target }) =>
              set({ channel: channelNames.find(known => known === target.value) ?? "email" })
            }
          >
            {channelNames.map(channel => (
              <option key={channel} value={channel}>
                {channels[channel].name}
              </option>
            ))}
          </select>
        </label>
        <Field label={channels[draft.channel].label} problem={wrongWith(...addressFields)} wide>
          {described => (
            <input
              {...described}
              type={draft.channel === "email" ? "email" : "text"}
              required
              dir="ltr"
              maxLength={1000}
              placeholder={channels[draft.channel].example}
              autoComplete={draft.channel === "email" ? "email" : "off"}
              value={draft.address}
              onChange={({ target }) => set({ address: target.value })}
            />
          )}
        </Field>
      </fieldset>
      <SignalFields draft={draft} set={set} wrongWith={wrongWith} />
      <QuietFields draft={draft} set={set} wrongWith={wrongWith} />
      <p>
        <button type="submit" className="primary" disabled={create.isPending}>
          {create.isPending ? "Saving" : "Save the alert"}
        </button>
      </p>
      <div aria-live="polite">
        {create.isError && wrong.length === 0 && <Failure error={create.error} />}
        {create.isError && wrong.length > 0 && <p className="problem">Nothing was saved: see above.</p>}
        {create.isSuccess && <Saved alert={create.data} />}
      </div>
    </form>
  );
}

function Saved({ alert }: { alert: Alert }) {
  return (
    <p className="saved" role="status">
      <strong>Saved</strong> for <span dir="ltr">{addressOf(alert)}</span>. {describeStatus(alert)}
    </p>
  );
}
