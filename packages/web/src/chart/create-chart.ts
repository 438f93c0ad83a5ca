import {
  type ChartOptions,
  createChart as create,
  type DeepPartial,
  type IChartApi,
  type UTCTimestamp,
} from "lightweight-charts";
import type { ChartColors } from "./chart-colors.ts";

/** A time in seconds, which the chart library shows as UTC. */
export function chartTime(iso: string): UTCTimestamp {
  // The library brands the number and has no function that makes one.
  return (Date.parse(iso) / 1_000) as UTCTimestamp;
}

/** Room right of the newest sample for the names of lines and levels, which would cover it. */
const rightOffsetPixels = 64;

/** Room left of the oldest sample, as a share of the samples: half of its date is drawn there. */
const leadIn = 0.015;

/** Times before the first sample that have no value, which keep room for its date. */
export function timesBefore(samples: readonly { readonly at: string }[]): { time: UTCTimestamp }[] {
  const [first, second] = samples;
  if (!first || !second) return [];
  const start = chartTime(first.at);
  const step = chartTime(second.at) - start;
  const count = Math.ceil(samples.length * leadIn);
  // A branded number less another is the library's number again.
  return Array.from({ length: count }, (_, place) => ({
    time: (start - step * (count - place)) as UTCTimestamp,
  }));
}

/** A chart in the page's colours that follows its container's size. */
export function createPageChart(container: HTMLElement, colors: ChartColors): IChartApi {
  const chart = create(container, {
    autoSize: true,
    // As the rest of the page; a browser's own locale may be one that the library cannot take.
    localization: { locale: "en-GB", dateFormat: "dd MMM yyyy" },
    layout: {
      // The library's logo brings an inline style, which the page's policy forbids; the attribution stands below.
      attributionLogo: false,
      background: { color: "transparent" },
      fontFamily: getComputedStyle(container).fontFamily,
      fontSize: 12,
      panes: { enableResize: false, separatorColor: colors.faint },
    },
    rightPriceScale: { borderVisible: false, scaleMargins: { top: 0.14, bottom: 0.08 } },
    timeScale: {
      rightOffsetPixels,
      borderVisible: false,
      timeVisible: true,
      secondsVisible: false,
      minBarSpacing: 0.05,
    },
    // The page scrolls with the wheel; the chart zooms with a pinch, or plus and minus.
    handleScroll: { mouseWheel: false, vertTouchDrag: false },
    handleScale: { mouseWheel: false },
    kineticScroll: { mouse: false, touch: !matchMedia("(prefers-reduced-motion: reduce)").matches },
  });
  chart.applyOptions(colorOptions(colors));
  container.addEventListener("keydown", event => {
    if (!event.ctrlKey && !event.metaKey && steerChart(chart, event.key)) event.preventDefault();
  });
  return chart;
}

export function colorOptions(colors: ChartColors): DeepPartial<ChartOptions> {
  return {
    layout: { textColor: colors.ink, panes: { separatorColor: colors.faint } },
    grid: { vertLines: { visible: false }, horzLines: { color: colors.faint } },
    crosshair: {
      vertLine: { color: colors.ink, labelBackgroundColor: colors.line },
      horzLine: { color: colors.ink, labelBackgroundColor: colors.line },
    },
  };
}

/** Moves and zooms the chart as a key says; false for keys that mean nothing to it. */
function steerChart(chart: IChartApi, key: string): boolean {
  const scale = chart.timeScale();
  const range = scale.getVisibleLogicalRange();
  if (range === null) return false;
  const width = range.to - range.from;
  const shift = (by: number) => scale.setVisibleLogicalRange({ from: range.from + by, to: range.to + by });
  const zoom = (by: number) => {
    const change = (width * (by - 1)) / 2;
    scale.setVisibleLogicalRange({ from: range.from - change, to: range.to + change });
  };
  if (key === "ArrowLeft") shift(-width / 10);
  else if (key === "ArrowRight") shift(width / 10);
  else if (key === "+" || key === "=") zoom(0.75);
  else if (key === "-") zoom(1 / 0.75);
  else if (key === "Home") scale.fitContent();
  else return false;
  return true;
}
