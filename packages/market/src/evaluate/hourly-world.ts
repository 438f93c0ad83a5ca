import { hourMs } from "../time.ts";
import type { Sample } from "../types.ts";
import type { Random } from "./random.ts";
import { someMonday } from "./sample-series.ts";

/** Something that happens to a coin from an hour on: its additions to ln price, to the bar's high and to ln volume. */
type WorldEvent = {
  readonly kind: "pump" | "rally" | "crash";
  readonly startHour: number;
  /** Added to the ln price of the hour so many hours after the start, from then on. */
  readonly priceAt: (hoursAfter: number) => number;
  /** Added to the ln price for the bar's high alone. */
  readonly highAt: (hoursAfter: number) => number;
  /** Factor of the hour's volume. */
  readonly volumeAt: (hoursAfter: number) => number;
};

export type WorldFamily = {
  /** Hourly shocks of unit variance. */
  readonly shocks: (random: Random, count: number) => Float64Array;
  readonly event: (random: Random, kind: WorldEvent["kind"], startHour: number) => WorldEvent;
};

export type WorldCoin = { readonly samples: readonly Sample[]; readonly events: readonly WorldEvent[] };

const warmUpHours = 200;
const daysBetweenEvents = 20;

/** One coin's hourly bars with rolling volumes: as many rallies and crashes as pumps, well apart. */
export function worldCoin(random: Random, family: WorldFamily, hours: number): WorldCoin {
  const events: WorldEvent[] = [];
  for (let hour = warmUpHours; hour < hours - 72; hour += 24 * daysBetweenEvents) {
    const start = hour + random.integer(0, 24 * daysBetweenEvents - 96);
    if (start >= hours - 72) break;
    events.push(family.event(random, random.pick(["pump", "rally", "crash"] as const), start));
  }
  const deviation = random.between(0.005, 0.018);
  const shocks = family.shocks(random, hours);
  const usualVolume = Math.exp(random.between(Math.log(4e3), Math.log(2e6)));
  const prices = new Float64Array(hours);
  const highs = new Float64Array(hours);
  const volumes = new Float64Array(hours);
  let level = Math.log(random.between(0.01, 10));
  let logVolume = 0;
  for (let hour = 0; hour < hours; hour += 1) {
    const shock = deviation * (shocks[hour] ?? 0);
    level += shock;
    logVolume =
      0.85 * logVolume + 0.35 * random.normal() + 0.25 * Math.min(3, Math.abs(shocks[hour] ?? 0)) - 0.19;
    let price = level;
    let high = 0;
    let factor = 1;
    for (const event of events) {
      const after = hour - event.startHour;
      if (after < 0) continue;
      price += event.priceAt(after);
      high = Math.max(high, event.highAt(after));
      factor *= event.volumeAt(after);
    }
    prices[hour] = price;
    highs[hour] = price + Math.max(high, deviation * Math.abs(random.normal()) * 0.6);
    const dayCycle = 1 + 0.3 * Math.sin((2 * Math.PI * (hour % 24)) / 24);
    volumes[hour] = usualVolume * dayCycle * Math.exp(logVolume) * factor;
  }
  return { samples: toSamples(prices, highs, volumes), events };
}

function toSamples(prices: Float64Array, highs: Float64Array, volumes: Float64Array): Sample[] {
  const samples: Sample[] = [];
  let rolling = 0;
  for (let hour = 0; hour < prices.length; hour += 1) {
    rolling += (volumes[hour] ?? 0) - (hour >= 24 ? (volumes[hour - 24] ?? 0) : 0);
    if (hour < 24) continue;
    const priceUsd = Math.exp(prices[hour] ?? 0);
    samples.push({
      at: someMonday + hour * hourMs,
      priceUsd,
      volume24hUsd: rolling,
      marketCapUsd: priceUsd * 1e8,
      highUsd: Math.exp(highs[hour] ?? 0),
    });
  }
  return samples;
}

/** The same market as snapshots show it: prices and rolling volume, without the bars' highs. */
export function closesOnly(samples: readonly Sample[]): Sample[] {
  return samples.map(({ at, priceUsd, volume24hUsd, marketCapUsd }) => ({
    at,
    priceUsd,
    volume24hUsd,
    marketCapUsd,
  }));
}
