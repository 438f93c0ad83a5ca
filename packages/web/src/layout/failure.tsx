import { Link } from "wouter";
import { ApiError, type FailureKind } from "../api/api-error.ts";
import { plural } from "../format/times.ts";

const titles: Readonly<Record<FailureKind, string>> = {
  offline: "You are offline",
  unreachable: "The server does not answer",
  "rate-limited": "Too many requests just now",
  "quota-used-up": "Today's requests are used up",
  refused: "The page's key was refused",
  "own-key-refused": "Your key was refused",
  unavailable: "The service cannot answer now",
  "not-found": "Nothing here by that name",
  invalid: "That could not be asked",
};

const advice: Readonly<Record<FailureKind, string>> = {
  offline: "What is on the page stays; it goes on by itself when the connection is back.",
  unreachable: "What is on the page stays; it is tried again by itself.",
  "rate-limited": "This page shares one quota with everybody who reads it. Wait a moment, then try again.",
  "quota-used-up":
    "Everybody who reads this page shares them. It goes on at midnight UTC; a key of one's own has requests of its own.",
  refused:
    "The page and its API do not agree on a key. Load the page again; if that does not help, tell the operator.",
  "own-key-refused": "Forget it and give another one.",
  unavailable: "Nothing is lost. Try again in a few seconds.",
  "not-found": "",
  invalid: "",
};

/** What failed, whether it goes on by itself, and what to do. */
export function Failure({ error, retry }: { error: unknown; retry?: () => unknown }) {
  const known = error instanceof ApiError ? error : undefined;
  const canRetry =
    retry && (known === undefined || !["invalid", "not-found", "quota-used-up"].includes(known.kind));
  return (
    <div className="failure" role="alert" data-failure={known?.kind ?? "unexpected"}>
      <h2>{known ? titles[known.kind] : "Something went wrong on this page"}</h2>
      {known?.kind !== "rate-limited" && known?.kind !== "quota-used-up" && (
        <p>{known?.message ?? "The answer was not what the page expects."}</p>
      )}
      {known && advice[known.kind] && <p>{advice[known.kind]}</p>}
      {known && known.suggestions.length > 0 && (
        <p>
          {"See "}
          {known.suggestions.map((symbol, place) => (
            <span key={symbol}>
              {place > 0 && ", "}
              <Link href={`/coins/${encodeURIComponent(symbol)}`}>{symbol}</Link>
            </span>
          ))}
        </p>
      )}
      {known?.kind === "rate-limited" && known.retryAfterSeconds !== null && known.retryAfterSeconds > 0 && (
        <p>It asks to wait {plural(known.retryAfterSeconds, "second")}.</p>
      )}
      {canRetry && (
        <button type="button" onClick={() => void retry()}>
          Try again
        </button>
      )}
    </div>
  );
}

/** A line above content that is still shown though its newest version could not be fetched. */
export function Interrupted({ error }: { error: unknown }) {
  const kind = error instanceof ApiError ? error.kind : undefined;
  const title = kind ? titles[kind] : "The newest data could not be fetched";
  return (
    <p className="interrupted" role="status" data-failure={kind ?? "unexpected"}>
      <strong>{title}.</strong> What you see is from before; it is tried again by itself.
    </p>
  );
}
