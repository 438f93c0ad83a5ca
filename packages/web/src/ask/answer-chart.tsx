import { useQueries } from "@tanstack/react-query";
import type { Timeframe, TimeWindow } from "@vibe-charting/contracts";
import { useMemo } from "react";
import { api } from "../api/client.ts";
import { ChartFigure } from "../chart/chart-figure.tsx";
import { PricesTable } from "../chart/prices-table.tsx";
import { RelativeChart } from "../chart/relative-chart.tsx";
import { change } from "../format/numbers.ts";
import { shortTime } from "../format/times.ts";
import { Failure } from "../layout/failure.tsx";
import { Loading } from "../layout/loading.tsx";

const hourMs = 60 * 60 * 1_000;

/** The shortest timeframe whose prices cover a window that ends now. */
export function timeframeFor({ from, to }: TimeWindow): Timeframe {
  const hours = (Date.parse(to) - Date.parse(from)) / hourMs;
  if (hours <= 24) return "24h";
  if (hours <= 7 * 24) return "7d";
  return hours <= 30 * 24 ? "30d" : "90d";
}

/** The first coins of an answer beside each other, over its window. */
export function AnswerChart({ symbols, window }: { symbols: readonly string[]; window: TimeWindow }) {
  const timeframe = timeframeFor(window);
  const queries = useQueries({
    queries: symbols.map(symbol => ({
      queryKey: ["answer-prices", symbol, timeframe, window.to],
      queryFn: ({ signal }: { signal: AbortSignal }) => api.prices(symbol, timeframe, signal),
      staleTime: Number.POSITIVE_INFINITY,
    })),
    combine: results => ({
      isPending: results.some(({ isPending }) => isPending),
      error: results.find(({ error }) => error !== null)?.error ?? null,
      data: results.flatMap(({ data }) => data ?? []),
    }),
  });
  const coins = useMemo(
    () =>
      queries.data
        .map(({ symbol, prices }) => ({
          symbol,
          samples: prices.filter(({ at }) => at >= window.from && at <= window.to),
        }))
        .filter(({ samples }) => samples.length > 1),
    [queries.data, window.from, window.to],
  );
  if (queries.error) return <Failure error={queries.error} />;
  if (queries.isPending) return <Loading what="the chart" />;
  if (coins.length === 0) {
    return (
      <p className="note">The prices of this window are no longer within the chart's reach of 90 days.</p>
    );
  }
  const span = `${shortTime(window.from)} to ${shortTime(window.to)} UTC`;
  const changes = coins.map(({ symbol, samples }) => {
    const [first] = samples;
    const last = samples.at(-1);
    return `${symbol} ${change(first && last ? (last.price / first.price - 1) * 100 : null)}`;
  });
  return (
    <ChartFigure
      summary={`Change from ${span}: ${changes.join(", ")}.`}
      table={() =>
        coins.map(({ symbol, samples }) => (
          <section key={symbol}>
            <h4>{symbol}</h4>
            <PricesTable samples={samples} />
          </section>
        ))
      }
    >
      <RelativeChart label={`Change of ${symbols.join(", ")} from ${span}`} coins={coins} />
    </ChartFigure>
  );
}
