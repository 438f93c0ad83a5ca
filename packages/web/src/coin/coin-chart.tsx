import type { PricesResponse, Signal, Timeframe } from "@vibe-charting/contracts";
import { lazy, useMemo } from "react";
import { ChartBoundary } from "../chart/chart-boundary.tsx";
import { ChartFigure } from "../chart/chart-figure.tsx";
import { marksOn } from "../chart/chart-marks.ts";
import { describePrices } from "../chart/chart-words.ts";
import { MarksTable, PricesTable } from "../chart/prices-table.tsx";
import { pointName, timeframeNames } from "../format/words.ts";
import { Loading } from "../layout/loading.tsx";

const PriceChart = lazy(async () => ({ default: (await import("../chart/price-chart.tsx")).PriceChart }));

const noLevels: readonly never[] = [];

/** A coin's prices with its signals' evidence, as a chart, in words and in tables. */
export function CoinChart({
  name,
  timeframe,
  prices,
  isBusy,
  signals,
  chosen,
}: {
  name: string;
  timeframe: Timeframe | undefined;
  prices: PricesResponse | undefined;
  isBusy: boolean;
  signals: readonly Signal[];
  chosen: Signal | undefined;
}) {
  const samples = prices?.prices;
  const { marks, earlier } = useMemo(() => marksOn(samples ?? [], signals), [samples, signals]);
  const levels = useMemo(
    () =>
      chosen
        ? Object.entries(chosen.evidence.levels).map(([level, priceUsd]) => ({
            name: pointName(level),
            priceUsd,
          }))
        : noLevels,
    [chosen],
  );
  if (samples === undefined || timeframe === undefined) return <Loading what="the prices" lines={6} />;
  const summary = describePrices(name, timeframeNames[timeframe], samples, marks.length);
  if (samples.length === 0) return <p className="note">{summary}</p>;
  return (
    <div className="coin-chart" aria-busy={isBusy}>
      <ChartFigure
        summary={summary}
        table={() => (
          <>
            <MarksTable marks={marks} earlier={earlier} levels={levels} />
            <PricesTable samples={samples} />
          </>
        )}
      >
        <ChartBoundary loading={<div className="chart-canvas" aria-hidden="true" />}>
          <PriceChart
            label={`Price and volume of ${name}`}
            samples={samples}
            marks={marks}
            levels={levels}
            chosen={chosen?.episodeId}
          />
        </ChartBoundary>
      </ChartFigure>
    </div>
  );
}
