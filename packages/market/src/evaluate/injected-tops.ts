import type { Random } from "./random.ts";
import { garchShocks } from "./test-paths.ts";

export type InjectedTop = {
  readonly prices: readonly number[];
  /** Days of the three points. */
  readonly h1: number;
  readonly low: number;
  readonly h2: number;
};

/** A double top of cosine waves, with noise of half a daily deviation that remembers a third of the day before. */
export function injectedTop(random: Random): InjectedTop {
  const deviation = random.between(0.02, 0.05);
  const depth = Math.max(0.14, random.between(5, 9) * deviation);
  const before = random.integer(32, 46);
  const h1 = before + random.integer(9, 18);
  const low = h1 + random.integer(7, 20);
  const h2 = low + random.integer(7, 20);
  const end = h2 + random.integer(8, 18);
  const rise = depth * random.between(1.1, 1.8);
  const second = rise + 0.4 * Math.min(0.05, deviation) * random.between(-1, 1);
  const floor = rise - depth * random.between(1.15, 1.5);
  const legs = [
    { from: 0, to: before, start: 0, stop: 0 },
    { from: before, to: h1, start: 0, stop: rise },
    { from: h1, to: low, start: rise, stop: rise - depth },
    { from: low, to: h2, start: rise - depth, stop: second },
    { from: h2, to: end, start: second, stop: floor },
    { from: end, to: end + 12, start: floor, stop: floor },
  ];
  let noise = 0;
  const prices = Array.from({ length: end + 13 }, (_, day) => {
    const leg = legs.find(({ to }) => day <= to) ?? { from: 0, to: 1, start: 0, stop: 0 };
    const share = (1 - Math.cos((Math.PI * (day - leg.from)) / (leg.to - leg.from))) / 2;
    noise = 0.33 * noise + Math.sqrt(1 - 0.33 ** 2) * 0.5 * deviation * random.studentT(6);
    return Math.exp(leg.start + (leg.stop - leg.start) * share + noise);
  });
  return { prices, h1, low, h2 };
}

/** A driftless walk of 5 % a day: any double top in it is chance. */
export function walkPrices(random: Random, days: number, deviation = 0.05): number[] {
  let level = 0;
  return Array.from(garchShocks(random, days), shock => {
    level += deviation * shock;
    return Math.exp(level);
  });
}
