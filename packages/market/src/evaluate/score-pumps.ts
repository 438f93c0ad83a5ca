import { advanceDetectors } from "../signals/advance-detectors.ts";
import { dayMs, hourMs } from "../time.ts";
import type { Sample, SignalChange } from "../types.ts";
import { closesOnly, type WorldFamily, worldCoin } from "./hourly-world.ts";
import { seededRandom } from "./random.ts";
import { someCoin, someMonday } from "./sample-series.ts";

export type DetectionScore = {
  readonly events: number;
  readonly found: number;
  readonly wrong: number;
  readonly coinDays: number;
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  readonly wrongPer1000CoinDays: number;
};

export function scoreOf(events: number, found: number, wrong: number, coinDays: number): DetectionScore {
  const precision = found / Math.max(1, found + wrong);
  const recall = found / Math.max(1, events);
  return {
    events,
    found,
    wrong,
    coinDays,
    precision,
    recall,
    f1: (2 * precision * recall) / Math.max(1e-9, precision + recall),
    wrongPer1000CoinDays: (1000 * wrong) / coinDays,
  };
}

/** Confirmed pumps of a synthetic world, event by event: opened from one hour before to three after the start. */
export function scorePumpWorld(
  family: WorldFamily,
  options: { seed: number; coins: number; hours: number; highs: boolean },
): DetectionScore {
  const random = seededRandom(options.seed);
  let events = 0;
  let found = 0;
  let wrong = 0;
  for (let i = 0; i < options.coins; i += 1) {
    const coin = worldCoin(random, family, options.hours);
    const samples = options.highs ? coin.samples : closesOnly(coin.samples);
    const confirmed = confirmedPumps(samples);
    const starts = coin.events
      .filter(({ kind }) => kind === "pump")
      .map(({ startHour }) => someMonday + startHour * hourMs);
    const matched = (start: number) => (change: SignalChange) =>
      change.openedAt >= start - hourMs &&
      change.openedAt <= start + 3 * hourMs &&
      change.detectedAt <= start + dayMs;
    events += starts.length;
    found += starts.filter(start => confirmed.some(matched(start))).length;
    wrong += confirmed.filter(change => !starts.some(start => matched(start)(change))).length;
  }
  return scoreOf(events, found, wrong, (options.coins * options.hours) / 24);
}

function confirmedPumps(samples: readonly Sample[]): SignalChange[] {
  const { changes } = advanceDetectors({ coin: someCoin, samples, market: [], state: null });
  return changes.filter(({ type, state }) => type === "pump_and_dump" && state === "confirmed");
}
