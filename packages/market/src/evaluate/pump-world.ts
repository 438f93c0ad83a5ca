import type { WorldFamily } from "./hourly-world.ts";
import { garchShocks } from "./test-paths.ts";

const noHigh = () => 0;

/**
 * The world that pumps are judged in: GARCH shocks; pumps that climb for one to three hours or spike between
 * two samples and fall back along a straight line; rallies that give part of their rise back; crashes.
 */
export const pumpWorld: WorldFamily = {
  shocks: garchShocks,
  event(random, kind, startHour) {
    const size = random.between(0.12, 0.6);
    const burst = random.between(6, 60);
    if (kind === "pump") {
      const spike = random.uniform() < 0.3;
      const climb = spike ? 1 : random.integer(1, 4);
      const fall = spike ? 1 : random.integer(2, 16);
      const kept = random.between(-0.05, 0.25);
      const seen = spike ? random.between(0.1, 0.5) : 1;
      const path = (after: number) =>
        after < climb
          ? (seen * (after + 1)) / climb
          : Math.max(kept, seen - ((seen - kept) * (after - climb + 1)) / fall);
      return {
        kind,
        startHour,
        priceAt: after => size * path(after),
        highAt: after => (after < climb ? size * (spike ? 1 - seen : 0.08) : 0),
        volumeAt: after => (after < climb + 2 ? burst : 1 + (burst / 3) * 0.7 ** after),
      };
    }
    const climb = random.integer(1, 8);
    const kept = kind === "rally" ? random.between(0.6, 1.1) : random.between(0.5, 1.1);
    const sign = kind === "rally" ? 1 : -1;
    return {
      kind,
      startHour,
      priceAt: after =>
        sign *
        size *
        (after < climb ? (after + 1) / climb : kept + (1 - kept) * Math.exp(-(after - climb) / 10)),
      highAt: noHigh,
      volumeAt: after => 1 + (burst / 2) * 0.93 ** after,
    };
  },
};
