import { Link } from "wouter";
import { useMarket, useSignals } from "../api/queries.ts";
import { everySignal } from "../live/live-market.tsx";
import { askPath } from "./ask-path.ts";
import { exampleQuestions } from "./example-questions.ts";

/** Questions that have an answer in today's market. */
export function Examples() {
  const market = useMarket("24h");
  const signals = useSignals(everySignal);
  const examples = exampleQuestions(market.data?.changes.results ?? [], signals.data?.signals ?? []);
  return (
    <nav className="examples" aria-label="Questions to begin with">
      {examples.map(question => (
        <Link key={question} href={askPath(question)}>
          {question}
        </Link>
      ))}
    </nav>
  );
}
