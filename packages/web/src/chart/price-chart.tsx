import {
  AreaSeries,
  createSeriesMarkers,
  HistogramSeries,
  type IChartApi,
  type ISeriesApi,
  type ISeriesMarkersPluginApi,
  LineStyle,
  type SeriesMarker,
  type Time,
} from "lightweight-charts";
import { useEffect, useRef } from "react";
import { price } from "../format/numbers.ts";
import { useIsDark } from "../layout/theme.tsx";
import { ChartCanvas } from "./chart-canvas.tsx";
import { type ChartColors, readChartColors } from "./chart-colors.ts";
import { type ChartLevel, type ChartMark, joinMarks, type Sample } from "./chart-marks.ts";
import { chartTime, colorOptions, createPageChart, timesBefore } from "./create-chart.ts";

type Parts = {
  readonly chart: IChartApi;
  readonly line: ISeriesApi<"Area">;
  readonly volume: ISeriesApi<"Histogram">;
  readonly markers: ISeriesMarkersPluginApi<Time>;
};

/** Prices over volume, with signals marked at the samples that are their evidence. */
export function PriceChart({
  label,
  samples,
  marks,
  levels,
  chosen,
}: {
  label: string;
  samples: readonly Sample[];
  marks: readonly ChartMark[];
  levels: readonly ChartLevel[];
  /** The episode whose points are named on the chart. */
  chosen: string | undefined;
}) {
  const container = useRef<HTMLElement>(null);
  const parts = useRef<Parts>(null);
  const isDark = useIsDark();

  useEffect(() => {
    const element = container.current;
    if (element === null) return;
    const built = build(element);
    parts.current = built;
    return () => {
      parts.current = null;
      built.chart.remove();
    };
  }, []);

  const first = samples[0]?.at;
  useEffect(() => {
    if (parts.current === null) return;
    const { line, volume } = parts.current;
    line.setData([
      ...timesBefore(samples),
      ...samples.map(({ at, price }) => ({ time: chartTime(at), value: price })),
    ]);
    volume.setData(
      samples.flatMap(({ at, volume24h }) =>
        volume24h === null ? [] : [{ time: chartTime(at), value: volume24h }],
      ),
    );
    const [{ price: size } = { price: 1 }] = samples;
    line.applyOptions({ priceFormat: { type: "custom", formatter: price, minMove: smallestStep(size) } });
  }, [samples]);

  useEffect(() => {
    // Another window, or a newer listing, is shown whole.
    if (first !== undefined) parts.current?.chart.timeScale().fitContent();
  }, [first]);

  useEffect(() => {
    const element = container.current;
    if (parts.current === null || element === null) return;
    const colors = readChartColors(element);
    paint(parts.current, colors, isDark);
    parts.current.markers.setMarkers(
      joinMarks(marks).map(mark => toMarker(mark, mark.episodeId === chosen, colors)),
    );
    const lines = levels.map(({ name, priceUsd }) =>
      parts.current?.line.createPriceLine({
        price: priceUsd,
        title: name,
        color: colors.mark,
        lineWidth: 1,
        lineStyle: LineStyle.Dashed,
        axisLabelVisible: true,
      }),
    );
    return () => {
      for (const drawn of lines) if (drawn) parts.current?.line.removePriceLine(drawn);
    };
  }, [marks, levels, chosen, isDark]);

  return <ChartCanvas target={container} label={label} />;
}

/** A power of ten, as the library wants it, well below what a price of this size is read with. */
function smallestStep(priceUsd: number): number {
  return 10 ** Math.min(Math.floor(Math.log10(priceUsd)) - 5, -2);
}

function build(element: HTMLElement): Parts {
  const chart = createPageChart(element, readChartColors(element));
  const line = chart.addSeries(AreaSeries, { lineWidth: 2, priceLineVisible: false });
  const volume = chart.addSeries(
    HistogramSeries,
    { priceFormat: { type: "volume" }, priceLineVisible: false, lastValueVisible: false },
    1,
  );
  // The uppermost figure of the volume's scale stays clear of the line above it.
  volume.priceScale().applyOptions({ scaleMargins: { top: 0.25, bottom: 0 } });
  const [prices, volumes] = chart.panes();
  prices?.setStretchFactor(4);
  volumes?.setStretchFactor(1);
  return { chart, line, volume, markers: createSeriesMarkers(line) };
}

/** The theme decides through the style sheet; `_isDark` says that it changed. */
function paint({ chart, line, volume }: Parts, colors: ChartColors, _isDark: boolean): void {
  chart.applyOptions(colorOptions(colors));
  line.applyOptions({ lineColor: colors.line, topColor: colors.fill, bottomColor: "transparent" });
  volume.applyOptions({ color: colors.volume });
}

function toMarker(mark: ChartMark, isChosen: boolean, colors: ChartColors): SeriesMarker<Time> {
  const isAbove = mark.position === "above";
  return {
    time: chartTime(mark.sampleAt),
    position: isAbove ? "aboveBar" : "belowBar",
    shape: isChosen ? (isAbove ? "arrowDown" : "arrowUp") : "circle",
    color: isChosen ? colors.mark : colors.otherMark,
    size: isChosen ? 1.2 : 0.6,
    ...(isChosen ? { text: mark.label } : {}),
  };
}
