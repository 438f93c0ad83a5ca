import type { SignalType } from "@vibe-charting/contracts";
import { median, roundSignificant } from "../statistics.ts";
import { type HorizonDays, horizonsDays, type OrdinaryDays, type Outcome } from "./outcomes.ts";
import { wilsonInterval } from "./wilson-interval.ts";

/** What counts as a hit: the price went the way of the signal's claim, or moved more than usual. */
export type Claim = "rises" | "falls" | "moves";

export const claims: Readonly<Record<SignalType, Claim>> = {
  pump_and_dump: "falls",
  bottomed_out: "rises",
  volume_anomaly: "moves",
  two_highs_one_low: "falls",
};

export type HorizonRecord = {
  readonly horizonDays: HorizonDays;
  readonly count: number;
  readonly hits: number;
  /** Null without signals. */
  readonly hitRate: number | null;
  /** Wilson's 95 % interval of the hit rate. */
  readonly interval: readonly [number, number];
  readonly medianChangePct: number | null;
  /** Ordinary days of the same coins, each coin weighted by its number of signals. */
  readonly ordinary: {
    readonly count: number;
    readonly hitRate: number | null;
    readonly medianChangePct: number | null;
  };
  /** Hit rate over that of ordinary days; 1 means that the signal tells nothing. */
  readonly lift: number | null;
};

/** The track record of one kind of signal. */
export type SignalRecord = {
  readonly type: SignalType;
  readonly claim: Claim;
  readonly horizons: readonly HorizonRecord[];
};

export function summarizeRecord(input: {
  readonly type: SignalType;
  readonly outcomes: readonly Outcome[];
  readonly ordinary: readonly OrdinaryDays[];
}): SignalRecord {
  const claim = claims[input.type];
  const outcomes = input.outcomes.filter(({ type }) => type === input.type);
  const ordinaryOf = new Map(input.ordinary.map(days => [days.coinId, days]));
  return {
    type: input.type,
    claim,
    horizons: horizonsDays.map(horizonDays => summarizeHorizon(claim, horizonDays, outcomes, ordinaryOf)),
  };
}

function summarizeHorizon(
  claim: Claim,
  horizonDays: HorizonDays,
  outcomes: readonly Outcome[],
  ordinaryOf: ReadonlyMap<number, OrdinaryDays>,
): HorizonRecord {
  const usual = new Map<number, ReturnType<typeof usualOf>>();
  const changes: number[] = [];
  const allOrdinary: number[] = [];
  let hits = 0;
  let ordinaryRates = 0;
  let compared = 0;
  for (const { coinId, changePctAfter } of outcomes) {
    const change = changePctAfter[horizonDays];
    if (change === null) continue;
    let own = usual.get(coinId);
    if (own === undefined) {
      own = usualOf(claim, ordinaryOf.get(coinId)?.changePctAfter[horizonDays] ?? noChanges);
      usual.set(coinId, own);
      for (const value of own.changes) allOrdinary.push(value);
    }
    changes.push(change);
    if (isHit(claim, change, own.usualSize)) hits += 1;
    if (own.changes.length === 0) continue;
    ordinaryRates += own.hitRate;
    compared += 1;
  }
  const count = changes.length;
  const hitRate = count === 0 ? null : hits / count;
  const [low, high] = wilsonInterval(hits, count);
  const ordinaryRate = compared === 0 ? null : ordinaryRates / compared;
  return {
    horizonDays,
    count,
    hits,
    hitRate: hitRate === null ? null : roundSignificant(hitRate, 4),
    interval: [roundSignificant(low, 4), roundSignificant(high, 4)],
    medianChangePct: count === 0 ? null : roundSignificant(median(changes), 4),
    ordinary: {
      count: allOrdinary.length,
      hitRate: ordinaryRate === null ? null : roundSignificant(ordinaryRate, 4),
      medianChangePct: allOrdinary.length === 0 ? null : roundSignificant(median(allOrdinary), 4),
    },
    lift: hitRate === null || !ordinaryRate ? null : roundSignificant(hitRate / ordinaryRate, 4),
  };
}

const noChanges = new Float64Array(0);

function usualOf(claim: Claim, changes: Float64Array) {
  const usualSize = median(changes.map(Math.abs));
  const hits = changes.filter(change => isHit(claim, change, usualSize)).length;
  return { hitRate: changes.length === 0 ? 0 : hits / changes.length, usualSize, changes };
}

function isHit(claim: Claim, change: number, usualSize: number): boolean {
  switch (claim) {
    case "rises":
      return change > 0;
    case "falls":
      return change < 0;
    case "moves":
      return Math.abs(change) > usualSize;
  }
}
