import type { Random } from "./random.ts";

/** Daily ln volumes with the days on which a spike was added. */
export type VolumeDays = { readonly logVolumes: Float64Array; readonly spikes: ReadonlySet<number> };

export type VolumeFamily = (random: Random, days: number) => Float64Array;

/** Autoregressive with fat-tailed shocks, quieter weekends and a slow drift. */
export const volumeFamily: VolumeFamily = (random, days) => {
  const memory = 0.85;
  const deviation = random.between(0.3, 0.5);
  const weekend = random.between(0.1, 0.4);
  const drift = random.between(-0.004, 0.004);
  let level = 0;
  return Float64Array.from({ length: days }, (_, day) => {
    level = memory * level + deviation * random.studentT(4);
    return 16 + level + drift * day - (day % 7 >= 5 ? weekend : 0);
  });
};

/** Adds spikes that last one day, on about one day in three hundred. */
export function withSpikes(
  random: Random,
  logVolumes: Float64Array,
  factor: number,
  from: number,
): VolumeDays {
  const spikes = new Set<number>();
  for (let day = from; day < logVolumes.length; day += 1) {
    if (random.uniform() >= 1 / 300) continue;
    spikes.add(day);
    logVolumes[day] = (logVolumes[day] ?? 0) + Math.log(factor);
  }
  return { logVolumes, spikes };
}
