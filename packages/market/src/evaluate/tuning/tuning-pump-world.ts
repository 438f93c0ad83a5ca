import type { WorldFamily } from "../hourly-world.ts";

const noHigh = () => 0;

/**
 * The world that the pump detector's thresholds were chosen in: independent fat-tailed shocks, pumps that decay
 * exponentially, rallies that stay or go on. The evaluation uses another one.
 */
export const tuningPumpWorld: WorldFamily = {
  shocks: (random, count) => Float64Array.from({ length: count }, () => random.studentT(3)),
  event(random, kind, startHour) {
    const size = Math.exp(random.between(Math.log(0.1), Math.log(0.7)));
    const burst = Math.exp(random.between(Math.log(4), Math.log(80)));
    const climb = random.integer(1, 5);
    const rate = random.between(0.08, 1.2);
    const rest = random.between(-0.1, 0.3);
    if (kind === "pump") {
      return {
        kind,
        startHour,
        priceAt: after =>
          size *
          (after < climb
            ? ((after + 1) / climb) ** 2
            : rest + (1 - rest) * Math.exp(-rate * (after - climb + 1))),
        highAt: after => (after <= climb ? size * random.between(0, 0.4) : 0),
        volumeAt: after => 1 + burst * Math.exp(-Math.max(0, after - climb) * 0.6),
      };
    }
    const drift = random.between(-0.01, 0.01);
    const sign = kind === "rally" ? 1 : -1;
    return {
      kind,
      startHour,
      priceAt: after => sign * (size * Math.min(1, (after + 1) / climb) + drift * Math.min(after, 24)),
      highAt: noHigh,
      volumeAt: after => 1 + burst * Math.exp(-after * 0.1),
    };
  },
};
