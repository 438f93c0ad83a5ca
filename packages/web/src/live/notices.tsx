import { Link } from "wouter";
import { useLiveMarket } from "./live-market.tsx";

/** Changes of signals while the page is open, said to screen readers as they appear. */
export function Notices() {
  const { changes, dismiss } = useLiveMarket();
  return (
    <section className="notices" aria-label="New signals" role="log" aria-live="polite">
      {changes.map(({ id, text, symbol, episodeId }) => (
        <div className="notice" key={id}>
          <p>
            <strong>New</strong>{" "}
            <Link href={`/coins/${encodeURIComponent(symbol)}?signal=${encodeURIComponent(episodeId)}`}>
              {text}
            </Link>
          </p>
          <button type="button" className="quiet" onClick={() => dismiss(id)} aria-label={`Dismiss: ${text}`}>
            ×
          </button>
        </div>
      ))}
    </section>
  );
}
