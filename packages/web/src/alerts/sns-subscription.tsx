import type { SignalFilter } from "../api/client.ts";
import { snsFilterPolicy } from "./sns-filter-policy.ts";

/** How to subscribe to the topic itself, which takes more kinds of subscribers than alerts do. */
export function SnsSubscription({ filter }: { filter: SignalFilter }) {
  return (
    <details>
      <summary>By a subscription of your own, SMS too</summary>
      <p>
        Signals are published to the SNS topic <code>signals.detected</code>, once for each change of a state.
        Subscribe to it with this filter policy, which follows the filters above:
      </p>
      <pre>
        <code>{JSON.stringify(snsFilterPolicy(filter), null, 2)}</code>
      </pre>
      <p className="note">
        On your own machine, <code>vibe alerts --follow</code> prints what a subscriber receives.
      </p>
    </details>
  );
}
