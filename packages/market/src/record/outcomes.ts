import type { SignalType } from "@vibe-charting/contracts";
import { sampleAt, valueAt } from "../columns.ts";
import { rebasePrices } from "../rebase-series.ts";
import { asSeries } from "../sanitize-series.ts";
import { roundSignificant } from "../statistics.ts";
import { dayMs } from "../time.ts";
import type { Sample, SignalChange } from "../types.ts";

export const horizonsDays = [1, 3, 7, 30] as const;
export type HorizonDays = (typeof horizonsDays)[number];

/** Change of the price after each horizon, per cent; null while it lies ahead or has no price near it. */
export type ChangesAfter = Readonly<Record<HorizonDays, number | null>>;

/** What became of one confirmed signal. */
export type Outcome = {
  readonly episodeId: string;
  readonly coinId: number;
  readonly type: SignalType;
  readonly detectedAt: number;
  readonly changePctAfter: ChangesAfter;
};

/**
 * The same changes after every day of a coin, by horizon, where they are known: what a signal is compared with. As
 * columns: those of 10,000 coins are kept at a time.
 */
export type OrdinaryDays = {
  readonly coinId: number;
  readonly changePctAfter: Readonly<Record<HorizonDays, Float64Array>>;
};

/** A price this much later than the horizon still stands for it. */
const toleranceMs = 1.5 * dayMs;

/** Works out what became of the confirmed signals among `changes`, from the prices known so far. */
export function recordOutcomes(input: {
  readonly coinId: number;
  readonly samples: readonly Sample[];
  readonly changes: readonly Pick<SignalChange, "episodeId" | "type" | "state" | "detectedAt">[];
}): readonly Outcome[] {
  const samples = asSeries(input.samples);
  const logPrices = rebasePrices(samples).logPrice;
  return input.changes
    .filter(({ state }) => state === "confirmed")
    .map(({ episodeId, type, detectedAt }) => ({
      episodeId,
      coinId: input.coinId,
      type,
      detectedAt,
      changePctAfter: changesAfter(samples, logPrices, detectedAt),
    }));
}

/** The changes after every day on which the coin has a sample. */
export function recordOrdinaryDays(input: {
  readonly coinId: number;
  readonly samples: readonly Sample[];
}): OrdinaryDays {
  const samples = asSeries(input.samples);
  const logPrices = rebasePrices(samples).logPrice;
  const days: ChangesAfter[] = [];
  let nextDay = Number.NEGATIVE_INFINITY;
  for (const { at } of samples) {
    if (at < nextDay) continue;
    days.push(changesAfter(samples, logPrices, at));
    nextDay = at + dayMs;
  }
  const after = (horizon: HorizonDays) =>
    Float64Array.from(days.map(changes => changes[horizon]).filter(change => change !== null));
  return { coinId: input.coinId, changePctAfter: { 1: after(1), 3: after(3), 7: after(7), 30: after(30) } };
}

function changesAfter(samples: readonly Sample[], logPrices: Float64Array, at: number): ChangesAfter {
  const start = firstFrom(samples, at);
  const after = (days: HorizonDays): number | null => {
    if (samples[start]?.at !== at) return null;
    const end = firstFrom(samples, at + days * dayMs);
    const endAt = samples[end]?.at;
    if (endAt === undefined || endAt > at + days * dayMs + toleranceMs) return null;
    return roundSignificant(100 * Math.expm1(valueAt(logPrices, end) - valueAt(logPrices, start)));
  };
  return { 1: after(1), 3: after(3), 7: after(7), 30: after(30) };
}

function firstFrom(samples: readonly Sample[], at: number): number {
  let low = 0;
  let high = samples.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sampleAt(samples, middle).at < at) low = middle + 1;
    else high = middle;
  }
  return low;
}
