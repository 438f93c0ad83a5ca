import { Link } from "wouter";
import { useCoinPath } from "../coin/coin-path.ts";
import { useLiveMarket } from "./live-market.tsx";

/** Changes of signals while the page is open, said to screen readers as they appear. */
export function Notices() {
  const { changes, dismiss } = useLiveMarket();
  const coinPath = useCoinPath();
  return (
    <section className="notices" aria-label="New signals" role="log" aria-live="polite">
      {changes.map(({ id, text, signal }) => (
        <div className="notice" key={id}>
          <p>
            <strong>New</strong> <Link href={coinPath(signal, signal.episodeId)}>{text}</Link>
          </p>
          <button type="button" className="quiet" onClick={() => dismiss(id)} aria-label={`Dismiss: ${text}`}>
            ×
          </button>
        </div>
      ))}
    </section>
  );
}
