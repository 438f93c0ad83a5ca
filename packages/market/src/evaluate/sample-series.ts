import { dayMs, hourMs } from "../time.ts";
import type { CoinIdentity, Sample } from "../types.ts";
import type { Random } from "./random.ts";

export const someCoin: CoinIdentity = { id: 1, symbol: "AAA", kind: "native" };
export const someMonday = Date.UTC(2024, 0, 1);

/** A series from its prices: one sample a step, the volume steady unless given. */
export function seriesOf(
  prices: readonly number[],
  options: { stepMs?: number; start?: number; volumes?: readonly number[]; highs?: readonly number[] } = {},
): Sample[] {
  const { stepMs = dayMs, start = someMonday, volumes, highs } = options;
  return prices.map((priceUsd, i) => ({
    at: start + i * stepMs,
    priceUsd,
    volume24hUsd: volumes?.[i] ?? 1_000_000,
    marketCapUsd: priceUsd * 1e6,
    ...(highs?.[i] === undefined ? {} : { highUsd: highs[i] }),
  }));
}

/** A wild market for properties: fat-tailed walk with pumps, crashes, volume bursts, gaps and ranges. */
export function wildSeries(random: Random, count: number, stepMs = hourMs): Sample[] {
  const samples: Sample[] = [];
  const dailyDeviation = random.between(0.02, 0.1);
  const deviation = dailyDeviation * Math.sqrt(stepMs / dayMs);
  const withRanges = random.uniform() < 0.5;
  let log = Math.log(random.between(0.001, 100));
  let volume = Math.log(random.between(1e5, 1e8));
  let drift = 0;
  let at = someMonday + Math.floor(random.uniform() * 20) * hourMs;
  for (let i = 0; i < count; i += 1) {
    if (random.uniform() < 0.02) drift = deviation * random.between(-0.8, 0.8);
    let shock = deviation * random.studentT(4) + drift;
    let volumeShock = 0.1 * random.normal();
    if (random.uniform() < 0.01) {
      shock += random.between(-0.5, 0.5);
      volumeShock += random.between(0, 3);
    }
    log += shock;
    volume += volumeShock - 0.02 * (volume - 15);
    const priceUsd = Math.exp(log);
    samples.push({
      at,
      priceUsd,
      volume24hUsd: random.uniform() < 0.01 ? null : Math.exp(volume),
      marketCapUsd: random.uniform() < 0.01 ? null : priceUsd * 1e6,
      ...(withRanges ? { highUsd: priceUsd * Math.exp(deviation * random.uniform() * 2) } : {}),
    });
    at += stepMs * (random.uniform() < 0.005 ? random.integer(2, 60) : 1);
  }
  return samples;
}
