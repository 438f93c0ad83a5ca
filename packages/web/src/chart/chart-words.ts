import { change, price } from "../format/numbers.ts";
import { plural, shortTime } from "../format/times.ts";
import type { Sample } from "./chart-marks.ts";

/** What a chart of prices shows, in a sentence or two, for whoever does not see it. */
export function describePrices(
  name: string,
  window: string,
  samples: readonly Sample[],
  marks: number,
): string {
  const [first] = samples;
  const last = samples.at(-1);
  if (!first || !last) return `There are no prices of ${name} over the past ${window}.`;
  const highest = samples.reduce((best, sample) => (sample.price > best.price ? sample : best));
  const lowest = samples.reduce((best, sample) => (sample.price < best.price ? sample : best));
  return [
    `${name} over the past ${window}: from ${price(first.price)} to ${price(last.price)}, ${change(changeOf(first, last))}.`,
    `Highest ${price(highest.price)} on ${shortTime(highest.at)}, lowest ${price(lowest.price)} on ${shortTime(lowest.at)} UTC.`,
    marks === 0 ? "No signal is marked in it." : `${plural(marks, "point")} of signals marked in it.`,
  ].join(" ");
}

function changeOf(first: Sample, last: Sample): number {
  return (last.price / first.price - 1) * 100;
}

/** At most about `most` samples, evenly taken, the last one always among them. */
export function thinOut<T>(samples: readonly T[], most: number): T[] {
  const step = Math.ceil(samples.length / most);
  return samples.filter((_, place) => (samples.length - 1 - place) % step === 0);
}
