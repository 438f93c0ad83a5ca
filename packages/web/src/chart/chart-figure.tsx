import { type ReactNode, useState } from "react";

/** A chart with what it shows in words and, on request, in a table. */
export function ChartFigure({
  summary,
  table,
  children,
}: {
  summary: string;
  table: () => ReactNode;
  children: ReactNode;
}) {
  const [isOpen, setOpen] = useState(false);
  return (
    <figure className="chart">
      {children}
      <figcaption>
        <p>{summary}</p>
        <p className="credit">
          Chart by{" "}
          <a href="https://www.tradingview.com/" rel="noreferrer">
            TradingView
          </a>
        </p>
      </figcaption>
      <details onToggle={event => setOpen(event.currentTarget.open)}>
        <summary>The chart as a table</summary>
        {isOpen && table()}
      </details>
    </figure>
  );
}
