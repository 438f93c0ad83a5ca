import type { ProposedAlert as Proposal } from "@vibe-charting/contracts";
import { useState } from "react";
import { plural } from "../format/times.ts";
import { AlertForm } from "./alert-form.tsx";
import { useOwnKey } from "./alert-key.ts";
import { draftOf } from "./alert-request.ts";
import { describeAlert } from "./describe-alert.ts";
import { OwnKeyForm } from "./own-key-form.tsx";

/** The alert that a question wishes for, how often it would have come, and the form that makes it. */
export function ProposedAlert({ proposal: { request, history } }: { proposal: Proposal }) {
  const [isOpen, setOpen] = useState(false);
  const key = useOwnKey();
  const draft = draftOf(request);
  const told = describeAlert({
    filter: request.filter ?? {},
    dailyCap: Number(draft.dailyCap),
    quietHours: null,
  });
  return (
    <section className="proposal" aria-labelledby="proposal-title">
      <h2 id="proposal-title">Be told when it happens</h2>
      <p>{told}</p>
      <p className="note">
        In the {plural(Math.floor(history.days), "day")} on record it would have come{" "}
        {plural(history.fired, "time")}, {history.perWeek} a week.
      </p>
      {!isOpen && (
        <p>
          <button type="button" className="primary" onClick={() => setOpen(true)}>
            Make this alert
          </button>
        </p>
      )}
      {isOpen && (key === null ? <OwnKeyForm /> : <AlertForm apiKey={key} draft={draft} />)}
    </section>
  );
}
