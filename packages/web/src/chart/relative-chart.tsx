import { LineSeries, LineStyle, type LineWidth } from "lightweight-charts";
import { useEffect, useRef } from "react";
import { change } from "../format/numbers.ts";
import { useIsDark } from "../layout/theme.tsx";
import { ChartCanvas } from "./chart-canvas.tsx";
import { readChartColors } from "./chart-colors.ts";
import type { Sample } from "./chart-marks.ts";
import { chartTime, createPageChart, timesBefore } from "./create-chart.ts";

export type NamedSamples = { readonly symbol: string; readonly samples: readonly Sample[] };

/** Lines differ in their dashes too: colour is not seen by everybody. */
const lineStyles = [
  LineStyle.Solid,
  LineStyle.Solid,
  LineStyle.Dashed,
  LineStyle.Dotted,
  LineStyle.LargeDashed,
] as const;

/** Coins beside each other: their change since the window's start. */
export function RelativeChart({ label, coins }: { label: string; coins: readonly NamedSamples[] }) {
  const container = useRef<HTMLElement>(null);
  const isDark = useIsDark();
  useEffect(() => {
    const element = container.current;
    if (element === null) return;
    element.dataset.drawn = isDark ? "dark" : "light";
    const colors = readChartColors(element);
    const chart = createPageChart(element, colors);
    for (const [place, { symbol, samples }] of coins.entries()) {
      const series = chart.addSeries(LineSeries, {
        color: colors.series[place] ?? colors.line,
        lineWidth: (place === 0 ? 3 : 2) satisfies LineWidth,
        lineStyle: lineStyles[place] ?? LineStyle.Solid,
        title: symbol,
        priceLineVisible: false,
        priceFormat: { type: "custom", formatter: change, minMove: 0.1 },
      });
      const start = samples[0]?.price ?? 1;
      series.setData([
        ...timesBefore(samples),
        ...samples.map(({ at, price }) => ({ time: chartTime(at), value: (price / start - 1) * 100 })),
      ]);
    }
    chart.timeScale().fitContent();
    return () => chart.remove();
  }, [coins, isDark]);
  return <ChartCanvas target={container} label={label} small />;
}
