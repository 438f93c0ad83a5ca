import { useState } from "react";
import type { SignalFilter } from "../api/client.ts";
import { noticePermission, switchNotices } from "../live/browser-notices.ts";
import { snsFilterPolicy } from "./sns-filter-policy.ts";

/** Ways to be told: by this browser while the page is open, and by a subscription at any time. */
export function AlertMe({ filter }: { filter: SignalFilter }) {
  const [permission, setPermission] = useState(noticePermission);
  return (
    <section className="alert-me" aria-labelledby="alert-title">
      <h2 id="alert-title">Be alerted</h2>
      <div>
        <h3>In this browser</h3>
        <p>
          While a tab with this page is open, each change of a signal is shown as a notice of your device.
        </p>
        {permission === "unsupported" && <p className="note">This browser has no notices.</p>}
        {permission === "denied" && (
          <p className="note">
            This browser was told to show no notices of this page; allow them in its settings.
          </p>
        )}
        {(permission === "off" || permission === "on") && (
          <button
            type="button"
            aria-pressed={permission === "on"}
            onClick={() => void switchNotices(permission !== "on").then(setPermission)}
          >
            {permission === "on" ? "Notices are on" : "Switch notices on"}
          </button>
        )}
      </div>
      <div>
        <h3>By e-mail, SMS, webhook or queue</h3>
        <p>
          Signals are published to the SNS topic <code>signals.detected</code>, once for each change of a
          state. Subscribe to it with this filter policy, which follows the filters above:
        </p>
        <pre>
          <code>{JSON.stringify(snsFilterPolicy(filter), null, 2)}</code>
        </pre>
        <p className="note">
          On your own machine, <code>vibe alerts --follow</code> prints what a subscriber receives.
        </p>
      </div>
    </section>
  );
}
