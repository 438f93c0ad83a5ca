import type { QueryResponse, QueryResult } from "@vibe-charting/contracts";
import { lazy, useDeferredValue, useMemo, useState } from "react";
import { Link } from "wouter";
import { ProposedAlert } from "../alerts/proposed-alert.tsx";
import { ChartBoundary } from "../chart/chart-boundary.tsx";
import { fullTime, shortTime } from "../format/times.ts";
import { Loading } from "../layout/loading.tsx";
import { useLiveMarket } from "../live/live-market.tsx";
import { SignalEvidence } from "../signals/signal-evidence.tsx";
import { alertPath } from "./alert-path.ts";
import { askPath } from "./ask-path.ts";
import { CoverageLine } from "./coverage-line.tsx";
import { Examples } from "./examples.tsx";
import { ReadingChips } from "./reading-chips.tsx";
import { ResultsTable } from "./results-table.tsx";

const AnswerChart = lazy(async () => ({ default: (await import("./answer-chart.tsx")).AnswerChart }));

/** More lines than this cannot be told apart. */
const mostCharted = 5;
const nothingCharted = null;

/** An answer: in words, how the question was read, the coins, the chart, and what it rests on. */
export function Answer({
  question,
  asOf,
  response,
  isBusy,
  ask,
  again,
}: {
  question: string;
  asOf: string | undefined;
  response: QueryResponse;
  isBusy: boolean;
  ask: (question: string) => void;
  again: () => unknown;
}) {
  const { answer, interpretation, results, coverage, queryId } = response;
  const { newestAt } = useLiveMarket();
  const { from, to } = interpretation.window;
  const toAlert = alertPath(interpretation);
  const isRefusal = interpretation.intents.some(intent => intent === "unknown" || intent === "help");
  const explained = results.filter(({ evidence, signal }) => evidence && signal).slice(0, 3);
  // The chart follows once the words and the table are painted.
  const charted = useDeferredValue(
    useMemo(
      () => ({ coins: firstCoins(results, mostCharted), window: interpretation.window }),
      [results, interpretation.window],
    ),
    nothingCharted,
  );
  return (
    <article className="answer" aria-busy={isBusy} data-query={queryId}>
      <p className="words" role="status" dir="auto">
        {answer}
      </p>
      {asOf !== undefined && (
        <p className="as-of">
          Answered as the data stood on {fullTime(asOf)}. <Link href={askPath(question)}>Ask it of now</Link>
        </p>
      )}
      {response.proposedAlert && (
        <ProposedAlert
          key={JSON.stringify(response.proposedAlert.request)}
          proposal={response.proposedAlert}
        />
      )}
      {isRefusal && (
        <section className="instead" aria-labelledby="instead-title">
          <h2 id="instead-title">Of today's market you can ask</h2>
          <Examples />
        </section>
      )}
      <ReadingChips interpretation={interpretation} ask={ask} />
      {results.length > 0 && (
        <>
          <ResultsTable results={results} window={`${shortTime(from)} to ${shortTime(to)} UTC`} />
          <ChartBoundary loading={<Loading what="the chart" />}>
            {charted && <AnswerChart coins={charted.coins} window={charted.window} />}
          </ChartBoundary>
        </>
      )}
      {explained.map(result => (
        <SignalEvidence key={`${result.cmcId}${result.detectedAt}`} result={result} />
      ))}
      <footer className="answer-foot">
        <CoverageLine coverage={coverage} newestAt={newestAt} />
        <p className="actions">
          {coverage.asOf !== null && <PermanentLink question={question} asOf={coverage.asOf} />}
          {toAlert !== null && !response.proposedAlert && (
            <Link href={toAlert}>Be alerted of such signals</Link>
          )}
          {asOf === undefined && coverage.asOf !== null && newestAt !== null && newestAt > coverage.asOf && (
            <span role="status">
              There is newer data, of {shortTime(newestAt)} UTC.{" "}
              <button type="button" onClick={() => void again()}>
                Ask again
              </button>
            </span>
          )}
        </p>
      </footer>
    </article>
  );
}

/** The first coins of an answer, in which one coin may have several signals. */
function firstCoins(results: readonly QueryResult[], most: number): Pick<QueryResult, "cmcId" | "symbol">[] {
  return [...new Map(results.map(({ cmcId, symbol }) => [cmcId, { cmcId, symbol }])).values()].slice(0, most);
}

/** The link that reproduces this answer: the question, and the time of the data it was answered from. */
function PermanentLink({ question, asOf }: { question: string; asOf: string }) {
  const [copied, setCopied] = useState(false);
  const path = askPath(question, asOf);
  return (
    <span className="permalink">
      <Link href={path}>Link to this answer</Link>
      <button
        type="button"
        className="quiet"
        onClick={() => {
          const written = navigator.clipboard?.writeText(new URL(path, location.href).href);
          void written?.then(() => setCopied(true));
        }}
      >
        {copied ? "Copied" : "Copy"}
      </button>
    </span>
  );
}
