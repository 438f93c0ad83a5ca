import type { Signal } from "@vibe-charting/contracts";
import { pointName, signalNames } from "../format/words.ts";

/** A sample of a chart: when it was observed and its price, as the API gives them. */
export type Sample = { readonly at: string; readonly price: number; readonly volume24h: number | null };

/** A point of a signal's evidence, put on the sample of the chart that it is. */
export type ChartMark = {
  readonly episodeId: string;
  readonly label: string;
  readonly signal: string;
  /** When the evidence was observed. */
  readonly at: string;
  /** The sample on the chart: the same time, or the last one before where the chart is coarser. */
  readonly sampleAt: string;
  readonly priceUsd: number;
  readonly position: "above" | "below";
};

const highs = ["h1", "h2", "peak"];

/** The evidence of signals that lies within the samples, in the order of time; what lies before them is counted. */
export function marksOn(
  samples: readonly Sample[],
  signals: readonly Pick<Signal, "episodeId" | "type" | "evidence">[],
): { marks: ChartMark[]; earlier: number } {
  const times = samples.map(({ at }) => Date.parse(at));
  const points = signals.flatMap(({ episodeId, type, evidence }) =>
    evidence.points.map(point => ({ ...point, episodeId, type })),
  );
  const marks = points.flatMap(({ episodeId, type, label, at, priceUsd }): ChartMark[] => {
    const sample = samples[lastAtOrBefore(times, Date.parse(at))];
    if (sample === undefined) return [];
    return [
      {
        episodeId,
        label: pointName(label),
        signal: signalNames[type],
        at,
        sampleAt: sample.at,
        priceUsd,
        position: highs.includes(label) ? "above" : "below",
      },
    ];
  });
  marks.sort((a, b) => a.sampleAt.localeCompare(b.sampleAt));
  return { marks, earlier: points.length - marks.length };
}

/** The place of the last of ascending times that is not after `time`; -1 without one. */
function lastAtOrBefore(times: readonly number[], time: number): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((times[middle] ?? 0) <= time) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
