import type { Random } from "../random.ts";
import { garchShocks } from "../test-paths.ts";

export type InjectedTop = {
  readonly prices: readonly number[];
  /** Days of the three points. */
  readonly h1: number;
  readonly low: number;
  readonly h2: number;
};

/** A walk that rises to a first high, falls to a low, comes back to a like high and falls; noise of half a day. */
export function tuningTop(random: Random): InjectedTop {
  const deviation = random.between(0.02, 0.06);
  const depth = Math.max(0.12, random.between(4.5, 8) * deviation);
  const rise = depth * random.between(1.2, 2);
  const gap = random.integer(14, 44);
  const start = random.integer(30, 50);
  const climb = random.integer(8, 20);
  const h1 = start + climb;
  const low = h1 + Math.round(gap * random.between(0.35, 0.65));
  const h2 = h1 + gap;
  const fall = Math.round((h2 - low) * random.between(0.8, 1.3));
  const days = h2 + fall + 20;
  const knots = [
    [0, 0],
    [start, 0],
    [h1, rise],
    [low, rise - depth],
    [h2, rise + random.between(-0.2, 0.2) * Math.min(0.05, deviation)],
    [h2 + fall, rise - depth - 3 * deviation],
    [days, rise - depth - 3 * deviation],
  ] as const;
  const shocks = garchShocks(random, days + 1);
  const prices = Array.from({ length: days + 1 }, (_, day) => {
    const after = knots.findIndex(([at]) => at >= day);
    const [toDay, toLevel] = knots[Math.max(1, after)] ?? [0, 0];
    const [fromDay, fromLevel] = knots[Math.max(1, after) - 1] ?? [0, 0];
    const level = fromLevel + ((toLevel - fromLevel) * (day - fromDay)) / (toDay - fromDay);
    return Math.exp(level + 0.5 * deviation * (shocks[day] ?? 0));
  });
  return { prices, h1, low, h2 };
}
