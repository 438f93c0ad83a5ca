import { type Condition, conditionWords, type SignalType } from "@vibe-charting/contracts";
import type { SignalExplanation } from "@vibe-charting/market";
import { signalWords } from "../figures.ts";

/** How each coin stands to the detectors' conditions, by the coin's id. */
export type Explanations = ReadonlyMap<number, readonly SignalExplanation[]>;

export type NearSignal = {
  readonly type: SignalType;
  readonly shortfall: number;
  /** The unmet condition that is furthest from being met. */
  readonly lacking: Condition;
};

/** The signal that a coin is nearest to among some types; null when no condition could be measured. */
export function nearestExplanation(
  explanations: readonly SignalExplanation[],
  types: readonly SignalType[],
): NearSignal | null {
  const near = explanations
    .filter(({ type }) => types.length === 0 || types.includes(type))
    .flatMap(({ type, evidence }) => {
      const unmet = evidence.conditions.filter(({ met }) => !met).sort((a, b) => lack(b) - lack(a));
      const [lacking] = unmet;
      // Each unmet condition lacks at most all of its threshold: with fewer of them a coin is nearer.
      return lacking
        ? [{ type, lacking, shortfall: unmet.reduce((sum, condition) => sum + lack(condition), 0) }]
        : [];
    })
    .sort((a, b) => a.shortfall - b.shortfall);
  return near[0] ?? null;
}

/** What a condition lacks, as a share of its threshold, at most 1. */
function lack({ distance, threshold }: Condition): number {
  return Math.min(1, Math.abs(distance) / Math.max(Math.abs(threshold), Number.EPSILON));
}

/** `volume against its 30-day level 1.8x of 2x`, with the signal's name where several are asked for. */
export function describeNearest({ type, lacking }: NearSignal, namesType: boolean): string {
  const { what, value, threshold } = conditionWords(lacking);
  return `${namesType ? `${signalWords[type]}: ` : ""}${what} ${value} of ${threshold}`;
}
