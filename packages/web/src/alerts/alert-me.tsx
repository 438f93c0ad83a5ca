import type { SignalFilter } from "../api/client.ts";
import { AlertForm } from "./alert-form.tsx";
import { setOwnKey, useOwnKey } from "./alert-key.ts";
import { AlertList } from "./alert-list.tsx";
import { emptyDraft } from "./alert-request.ts";
import { BrowserNotices } from "./browser-notices.tsx";
import { OwnKeyForm } from "./own-key-form.tsx";
import { SnsSubscription } from "./sns-subscription.tsx";

/** Ways to be told: by this browser while the page is open, by an alert at any time, by a subscription of one's own. */
export function AlertMe({ filter }: { filter: SignalFilter }) {
  const key = useOwnKey();
  return (
    <section className="alert-me" aria-labelledby="alert-title">
      <h2 id="alert-title">Be alerted</h2>
      <div>
        <h3>By e-mail, endpoint or queue</h3>
        {key === null ? (
          <OwnKeyForm />
        ) : (
          <>
            <p className="note">
              With your own API key, until this tab is closed.{" "}
              <button type="button" className="quiet" onClick={() => setOwnKey(null)}>
                Forget it now
              </button>
            </p>
            <AlertForm key={JSON.stringify(filter)} apiKey={key} draft={emptyDraft(filter)} />
            <AlertList apiKey={key} />
          </>
        )}
      </div>
      <div className="columns">
        <BrowserNotices />
        <SnsSubscription filter={filter} />
      </div>
    </section>
  );
}
