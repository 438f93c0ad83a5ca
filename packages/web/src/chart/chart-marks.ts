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

/** A named price of the chosen signal, such as a neckline. */
export type ChartLevel = { readonly name: string; readonly priceUsd: number };

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
    const place = lastAtOrBefore(times, Date.parse(at));
    const sample = samples[place];
    if (sample === undefined) return [];
    return [
      {
        episodeId,
        label: pointName(label),
        signal: signalNames[type],
        at,
        sampleAt: sample.at,
        priceUsd,
        position: sideOf(samples, place),
      },
    ];
  });
  marks.sort((a, b) => a.at.localeCompare(b.at));
  return { marks, earlier: points.length - marks.length };
}

/** Of the samples on either side that a mark's own is held against. */
const besideShare = 0.03;

/** A mark stands on the outer side of the line: above a sample that is higher than those beside it, else below. */
function sideOf(samples: readonly Sample[], place: number): ChartMark["position"] {
  const reach = Math.max(2, Math.round(samples.length * besideShare));
  const beside = samples.slice(Math.max(0, place - reach), place + reach + 1);
  const level = beside.reduce((sum, { price }) => sum + price, 0) / beside.length;
  return (samples[place]?.price ?? 0) > level ? "above" : "below";
}

/** Marks that would be drawn on one place as one, named after all of them. */
export function joinMarks(marks: readonly ChartMark[]): ChartMark[] {
  const places = Map.groupBy(
    marks,
    ({ episodeId, sampleAt, position }) => `${episodeId} ${sampleAt} ${position}`,
  );
  return [...places.values()].flatMap(([first, ...others]) =>
    first ? [{ ...first, label: [first, ...others].map(({ label }) => label).join(", ") }] : [],
  );
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
