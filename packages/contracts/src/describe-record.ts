import type { SignalRecord } from "./vocabulary.ts";

/** The horizon that a short text tells of. */
const toldDays = 7;
/** Fewer signals than this make no rate. */
const leastCount = 5;

const claimInWords: Readonly<Record<SignalRecord["claim"], string>> = {
  rises: "was higher",
  falls: "was lower",
  moves: "had moved more than usual",
};

/** A kind of signal's record in a sentence: the count, the rate with its interval, and that of ordinary days. */
export function describeRecord(record: SignalRecord | null): string {
  const told = record?.horizons.find(({ horizonDays }) => horizonDays === toldDays);
  if (!record || !told || told.count < leastCount || told.hitRate === null) {
    return `Record of this kind of signal: ${told?.count ?? 0} are ${toldDays} days old, too few for a rate.`;
  }
  const [low, high] = told.interval;
  const ordinary =
    told.ordinary.hitRate === null ? "" : `, against ${percent(told.ordinary.hitRate)} on ordinary days`;
  return `Record of this kind of signal: ${toldDays} days later the price ${claimInWords[record.claim]} in ${percent(told.hitRate)} of ${told.count} cases (95 % interval ${percent(low)} to ${percent(high)})${ordinary}.`;
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
