import type { QueryResult } from "@vibe-charting/contracts";
import type { ReactNode } from "react";
import { Change } from "../coin/change.tsx";
import { CoinLink } from "../coin/coin-link.tsx";
import { TrendWord } from "../coin/trend-word.tsx";
import { price, share } from "../format/numbers.ts";
import { shortTime } from "../format/times.ts";
import { signalNames, stateNames } from "../format/words.ts";
import { ScrollTable } from "../layout/scroll-table.tsx";

type Column = {
  readonly title: string;
  readonly className?: string;
  readonly isShown: (results: readonly QueryResult[]) => boolean;
  readonly cell: (result: QueryResult) => ReactNode;
};

const columns: readonly Column[] = [
  {
    title: "Rank",
    className: "number narrow-hidden",
    isShown: results => results.some(({ rank }) => rank !== null),
    cell: ({ rank }) => rank ?? "n/a",
  },
  {
    title: "Price",
    className: "number",
    isShown: () => true,
    cell: ({ price: usd }) => price(usd),
  },
  {
    title: "Change",
    className: "number",
    isShown: results => results.some(({ changePct }) => changePct !== null),
    cell: ({ changePct }) => <Change percent={changePct} />,
  },
  {
    title: "Trend",
    isShown: results => results.some(({ trend }) => trend !== undefined),
    cell: ({ trend, confidence, signal }) =>
      trend ? (
        <TrendWord type={trend} {...(signal || confidence === undefined ? {} : { confidence })} />
      ) : (
        "n/a"
      ),
  },
  {
    title: "Volatility, a year",
    className: "number",
    isShown: results => results.some(({ volatility }) => volatility !== undefined),
    cell: ({ volatility }) => (volatility === undefined ? "n/a" : share(volatility)),
  },
  {
    title: "Signal",
    className: "signals",
    isShown: results => results.some(({ signal, openSignals }) => signal ?? openSignals),
    cell: ({ signal, state, confidence, detectedAt, openSignals = [] }) =>
      signal === undefined || state === undefined ? (
        openSignals
          .map(open => `${signalNames[open.signal]}: ${stateNames[open.state].toLowerCase()}`)
          .join(", ") || "None"
      ) : (
        <>
          {signalNames[signal]}: {stateNames[state].toLowerCase()}
          {confidence !== undefined && ` (${share(confidence)} sure)`}
          {detectedAt && <span className="when">{shortTime(detectedAt)} UTC</span>}
        </>
      ),
  },
];

export function ResultsTable({ results, window }: { results: readonly QueryResult[]; window: string }) {
  const shown = columns.filter(({ isShown }) => isShown(results));
  return (
    <ScrollTable label="Coins in the answer">
      <caption className="hidden">The coins of the answer; the change is over {window}.</caption>
      <thead>
        <tr>
          <th scope="col">Coin</th>
          {shown.map(({ title, className }) => (
            <th key={title} scope="col" className={className}>
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {results.map(result => (
          <tr key={`${result.cmcId} ${result.signal ?? ""} ${result.detectedAt ?? ""}`}>
            <th scope="row">
              <CoinLink coin={result} />
            </th>
            {shown.map(({ title, className, cell }) => (
              <td key={title} className={className}>
                {cell(result)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </ScrollTable>
  );
}
