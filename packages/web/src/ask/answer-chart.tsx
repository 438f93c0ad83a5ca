import { type UseQueryResult, useQueries } from "@tanstack/react-query";
import type { PricesResponse, TimeWindow } from "@vibe-charting/contracts";
import { useMemo } from "react";
import { api } from "../api/client.ts";
import { ChartFigure } from "../chart/chart-figure.tsx";
import { PricesTable } from "../chart/prices-table.tsx";
import { RelativeChart } from "../chart/relative-chart.tsx";
import { change } from "../format/numbers.ts";
import { shortTime } from "../format/times.ts";
import { Failure } from "../layout/failure.tsx";
import { Loading } from "../layout/loading.tsx";
import { timeframeFor } from "./timeframe-for.ts";

function combineAnswers(results: UseQueryResult<PricesResponse>[]) {
  return {
    isPending: results.some(({ isPending }) => isPending),
    error: results.find(({ error }) => error !== null)?.error ?? null,
    data: results.flatMap(({ data }) => data ?? []),
  };
}

/** The first coins of an answer beside each other, over its window. */
export function AnswerChart({
  coins: wanted,
  window,
}: {
  coins: readonly { readonly cmcId: number; readonly symbol: string }[];
  window: TimeWindow;
}) {
  const timeframe = timeframeFor(window);
  const queries = useQueries({
    queries: wanted.map(({ cmcId }) => ({
      queryKey: ["answer-prices", cmcId, timeframe, window.to],
      queryFn: ({ signal }: { signal: AbortSignal }) => api.prices(String(cmcId), timeframe, signal),
      staleTime: Number.POSITIVE_INFINITY,
    })),
    combine: combineAnswers,
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
    return <p className="note">There are no prices to draw: the chart reaches back 90 days.</p>;
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
            <p className="symbol">{symbol}</p>
            <PricesTable samples={samples} />
          </section>
        ))
      }
    >
      <RelativeChart
        label={`Change of ${coins.map(({ symbol }) => symbol).join(", ")} from ${span}`}
        coins={coins}
      />
    </ChartFigure>
  );
}
