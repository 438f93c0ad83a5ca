import { Link } from "wouter";
import { useMarket, useSignals } from "../api/queries.ts";
import { everySignal } from "../live/live-market.tsx";
import { strongestFirst } from "../market/strongest-first.ts";
import { askPath } from "./ask-path.ts";
import { anyDayQuestions, exampleQuestions } from "./example-questions.ts";

/** Questions that have an answer in today's market. Their place is kept while the market is on its way. */
export function Examples() {
  const market = useMarket("24h");
  const signals = useSignals(everySignal);
  const isFailed = market.isError || signals.isError;
  const examples =
    market.data && signals.data
      ? exampleQuestions(strongestFirst(market.data.coins), signals.data.signals)
      : isFailed
        ? anyDayQuestions
        : [];
  return (
    <nav className="examples" aria-label="Questions to begin with">
      {examples.map(({ question, reason }) => (
        <Link key={question} href={askPath(question)}>
          {question} {reason !== null && <span className="reason">{reason}</span>}
        </Link>
      ))}
    </nav>
  );
}
