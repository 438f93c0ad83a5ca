import { describe, expect, it } from "vitest";
import { closesOnly, worldCoin } from "../evaluate/hourly-world.ts";
import { injectedTop } from "../evaluate/injected-tops.ts";
import { pumpWorld } from "../evaluate/pump-world.ts";
import { seededRandom } from "../evaluate/random.ts";
import { seriesOf, someCoin, someMonday } from "../evaluate/sample-series.ts";
import { dayMs, hourMs } from "../time.ts";
import type { MarketSample, Sample } from "../types.ts";
import { advanceDetectors } from "./advance-detectors.ts";

function statesOf(samples: readonly Sample[], type: string, market: readonly MarketSample[] = []) {
  const { changes } = advanceDetectors({ coin: someCoin, samples, market, state: null });
  return changes.filter(change => change.type === type).map(({ state }) => state);
}

/** Ten quiet days by the hour; then the price does as told, and the volume with it. */
function hourlyAfter(after: readonly { price: number; volume: number }[]): Sample[] {
  const random = seededRandom(21);
  const quiet = Array.from({ length: 240 }, () => ({
    price: Math.exp(0.004 * random.normal()),
    volume: 1e6 * Math.exp(0.02 * random.normal()),
  }));
  const all = [...quiet, ...after];
  return seriesOf(
    all.map(({ price }) => price),
    { stepMs: hourMs, volumes: all.map(({ volume }) => volume) },
  );
}

describe("pump_and_dump", () => {
  const dump = [1.4, 1.3, 1.2, 1.1, 1.05, ...Array(50).fill(1.01)].map(price => ({ price, volume: 4e6 }));
  const rally = [1.4, 1.41, 1.42, ...Array(50).fill(1.43)].map(price => ({ price, volume: 4e6 }));

  it("is suspected on the rise and confirmed when most of it is given back", () => {
    expect(statesOf(hourlyAfter(dump), "pump_and_dump")).toEqual(["suspected", "confirmed", "resolved"]);
  });

  it("is rejected when the price stays", () => {
    expect(statesOf(hourlyAfter(rally), "pump_and_dump")).toEqual(["suspected", "rejected"]);
  });

  it("is not suspected when the whole market rises as much", () => {
    const samples = hourlyAfter(rally);
    const market = samples.map(({ at }, i) => ({
      at,
      medianLogReturn: i === 240 ? Math.log(1.4) : 0,
      medianLogVolumeChange: i === 240 ? Math.log(4) : 0,
      breadth: 0.5,
    }));
    expect(statesOf(samples, "pump_and_dump", market)).toEqual([]);
  });

  it("finds pumps in a world of rallies and crashes, with highs and without", () => {
    const random = seededRandom(77);
    const coins = Array.from({ length: 12 }, () => worldCoin(random, pumpWorld, 1200));
    const pumps = coins.flatMap(({ events }) => events.filter(({ kind }) => kind === "pump")).length;
    const confirmed = (highs: boolean) =>
      coins
        .flatMap(({ samples }) => statesOf(highs ? samples : closesOnly(samples), "pump_and_dump"))
        .filter(state => state === "confirmed").length;
    expect(pumps).toBeGreaterThan(5);
    expect(Math.abs(confirmed(true) - pumps)).toBeLessThanOrEqual(0.35 * pumps);
    expect(Math.abs(confirmed(false) - pumps)).toBeLessThanOrEqual(0.5 * pumps);
  });
});

describe("volumes that two providers count", () => {
  /** Days of past prices by one provider, then by another that counts three times the volume. */
  function counted(pastDays: number, days: number, spikeDay?: number): Sample[] {
    const random = seededRandom(8);
    const hours = (pastDays + days) * 24;
    const live = (hour: number) => hour >= pastDays * 24;
    const isSpike = (hour: number) => spikeDay !== undefined && Math.floor(hour / 24) === pastDays + spikeDay;
    const prices = Array.from({ length: hours }, () => Math.exp(0.004 * random.normal()));
    const volumes = Array.from(
      { length: hours },
      (_, hour) => 1e7 * (live(hour) ? 3 : 1) * (isSpike(hour) ? 5 : 1) * Math.exp(0.02 * random.normal()),
    );
    return seriesOf(prices, { stepMs: hourMs, volumes }).map((sample, hour) =>
      live(hour) ? sample : { ...sample, isOtherVolume: true },
    );
  }
  const asOne = (samples: readonly Sample[]) => samples.map(({ isOtherVolume: _, ...sample }) => sample);

  it("are not taken for a jump", () => {
    const samples = counted(40, 3);
    expect(statesOf(asOne(samples), "volume_anomaly")).toContain("confirmed");
    expect(statesOf(samples, "volume_anomaly")).toEqual([]);
    expect(statesOf(samples, "pump_and_dump")).toEqual([]);
  });

  it("are compared with those of the same provider, once there are enough", () => {
    expect(statesOf(counted(40, 30, 10), "volume_anomaly")).toEqual([]);
    expect(statesOf(counted(40, 30, 26), "volume_anomaly")).toEqual(["confirmed", "resolved"]);
  });

  it("are compared in the past too, where they are of one provider", () => {
    expect(statesOf(counted(40, 3, -5), "volume_anomaly")).toEqual(["confirmed", "resolved"]);
  });
});

describe("two_highs_one_low", () => {
  it("names the highs, the low and the neckline of an injected shape", () => {
    const { prices, h1, low, h2 } = injectedTop(seededRandom(5));
    const samples = seriesOf(prices);
    const { changes } = advanceDetectors({ coin: someCoin, samples, market: [], state: null });
    const [first, second] = changes.filter(({ type }) => type === "two_highs_one_low");
    expect([first?.state, second?.state]).toEqual(["forming", "confirmed"]);
    const days = first?.evidence.points.map(({ at }) => (Date.parse(at) - someMonday) / dayMs) ?? [];
    expect(first?.evidence.points.map(({ label }) => label)).toEqual(["h1", "low", "h2"]);
    [h1, low, h2].forEach((day, i) => {
      expect(Math.abs((days[i] ?? -9) - day)).toBeLessThanOrEqual(2);
    });
    expect(first?.evidence.levels.neckline).toBeLessThan(Math.min(prices[h1] ?? 0, prices[h2] ?? 0));
  });
});

describe("bottomed_out", () => {
  /** Forty quiet days, a fall by two thirds in thirty, then `after`. */
  function fallThen(after: readonly number[]): Sample[] {
    const random = seededRandom(33);
    const noisy = (price: number, size: number) => price * Math.exp(size * random.normal());
    return seriesOf([
      ...Array.from({ length: 40 }, () => noisy(3, 0.03)),
      ...Array.from({ length: 30 }, (_, day) => noisy(3 ** (1 - day / 29), 0.04)),
      ...after.map(price => noisy(price, 0.01)),
    ]);
  }
  const recovery = Array.from({ length: 20 }, (_, day) => 1.1 + 0.015 * day);

  it("is suspected a week after the low and confirmed after two", () => {
    expect(statesOf(fallThen(recovery), "bottomed_out")).toEqual(["suspected", "confirmed"]);
  });

  it("is rejected by a new low", () => {
    expect(statesOf(fallThen([...recovery, 0.8]), "bottomed_out")).toEqual([
      "suspected",
      "confirmed",
      "rejected",
    ]);
  });
});
