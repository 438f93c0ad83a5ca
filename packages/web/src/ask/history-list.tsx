import { Link } from "wouter";
import { shortTime } from "../format/times.ts";
import { askPath } from "./ask-path.ts";
import { forgetAll, useHistory } from "./history.ts";

/** What this browser asked before, the latest first. */
export function HistoryList({ current }: { current: string }) {
  const earlier = useHistory().filter(({ question }) => question !== current);
  if (earlier.length === 0) return null;
  return (
    <section className="history" aria-labelledby="history-title">
      <h2 id="history-title">Asked before</h2>
      <ol>
        {earlier.map(({ question, answer, asOf }) => (
          <li key={`${question} ${asOf}`}>
            <Link href={askPath(question, asOf ?? undefined)} dir="auto">
              {question}
            </Link>
            <p dir="auto">{answer}</p>
            {asOf && <time dateTime={asOf}>{shortTime(asOf)} UTC</time>}
          </li>
        ))}
      </ol>
      <p className="note">
        Kept in this browser only.{" "}
        <button type="button" className="quiet" onClick={forgetAll}>
          Forget all
        </button>
      </p>
    </section>
  );
}
