import { describe, expect, test } from "vitest";
import { dayMs, type HistoryPoint, hourMs } from "../market-feed.ts";
import { type DemoMarket, demoMarket } from "./demo-market.ts";
import type { ScriptedEvent } from "./scripted-events.ts";

const start = Date.UTC(2026, 0, 15);

type CoinEvent = Exclude<ScriptedEvent, { kind: "market_move" }>;

/** The events of a kind that begin within the market's history or later. */
function eventsOf<Kind extends ScriptedEvent["kind"]>(market: DemoMarket, kind: Kind, to: number) {
  return market
    .scriptedEvents(market.firstAt, to)
    .filter((event): event is ScriptedEvent & { kind: Kind } => event.kind === kind)
    .filter(event => event.startAt >= market.firstAt);
}

/** Whether the whole market jumps just before or during a stretch, and so disturbs what a coin does by itself. */
function marketMovesIn(market: DemoMarket, from: number, to: number): boolean {
  return eventsOf(market, "market_move", to).some(({ startAt }) => startAt >= from - dayMs && startAt <= to);
}

function observe(market: DemoMarket, slug: string, at: number): HistoryPoint & { volume24hUsd: number } {
  const point = market.historyOf(slug, at, at)?.[0];
  if (point === undefined) throw new Error(`${slug} has no observation at ${at}`);
  return { ...point, volume24hUsd: point.volume24hUsd ?? Number.NaN };
}

function priceAt(market: DemoMarket, event: CoinEvent, label: string): number {
  return observe(market, event.slug, timeOf(event, label)).priceUsd;
}

function timeOf(event: ScriptedEvent, label: string): number {
  const point = event.points.find(candidate => candidate.label === label);
  if (point === undefined) throw new Error(`a ${event.kind} has no ${label}`);
  return point.at;
}

describe.each([1, 2, 3])("with seed %i", seed => {
  const market = demoMarket({ seed, start });
  const soon = start + 40 * dayMs;

  test("every pump rises 20 to 60 %, and loses more than 60 % of that within a day", () => {
    const pumps = eventsOf(market, "pump_and_dump", soon);
    expect(pumps.length).toBeGreaterThan(20);
    for (const pump of pumps) {
      const [before, peak] = [priceAt(market, pump, "start"), priceAt(market, pump, "peak")];
      expect(timeOf(pump, "peak") - timeOf(pump, "start")).toBeLessThanOrEqual(2 * hourMs);
      expect(peak / before - 1).toBeGreaterThan(0.2);
      expect(peak / before - 1).toBeLessThan(0.6);
      for (const after of [
        priceAt(market, pump, "retrace"),
        observe(market, pump.slug, timeOf(pump, "peak") + dayMs).priceUsd,
      ]) {
        expect((peak - after) / (peak - before)).toBeGreaterThan(0.6);
      }
    }
  });

  test("a pump doubles the volume of the last 24 hours at once, and it falls out again 24 hours later", () => {
    const pumps = eventsOf(market, "pump_and_dump", soon).filter(
      pump => !marketMovesIn(market, pump.startAt, pump.endAt + dayMs),
    );
    expect(pumps.length).toBeGreaterThan(5);
    for (const pump of pumps) {
      const volumeAt = (hours: number) =>
        observe(market, pump.slug, pump.startAt + hours * hourMs).volume24hUsd;
      expect(volumeAt(1) / volumeAt(0)).toBeGreaterThan(2);
      expect(volumeAt(12) / volumeAt(0)).toBeGreaterThan(4);
      // The hour that enters at +25 is ordinary again, the one that leaves is the pump's first.
      expect((volumeAt(24) - volumeAt(25)) / (volumeAt(1) - volumeAt(0))).toBeGreaterThan(0.8);
      expect(volumeAt(48) / volumeAt(12)).toBeLessThan(0.5);
    }
  });

  test("one pump is in the last two days of the history and one in the first ten hours after it", () => {
    const pumps = eventsOf(market, "pump_and_dump", soon);
    expect(pumps.filter(({ startAt, endAt }) => startAt >= start - 2 * dayMs && endAt <= start).length).toBe(
      1,
    );
    expect(
      pumps.filter(pump => pump.startAt > start && timeOf(pump, "peak") <= start + 10 * hourMs).length,
    ).toBe(1);
  });

  test("a volume spike is 4 to 11 times the ordinary volume, and hardly moves the price", () => {
    const spikes = eventsOf(market, "volume_anomaly", soon).filter(
      spike => !marketMovesIn(market, spike.startAt, spike.endAt),
    );
    expect(spikes.length).toBeGreaterThan(5);
    for (const spike of spikes) {
      const before = observe(market, spike.slug, timeOf(spike, "start"));
      const highest = observe(market, spike.slug, timeOf(spike, "highest"));
      expect(highest.volume24hUsd / before.volume24hUsd).toBeGreaterThan(4);
      expect(highest.volume24hUsd / before.volume24hUsd).toBeLessThan(11);
      expect(Math.abs(highest.priceUsd / before.priceUsd - 1)).toBeLessThan(0.06);
    }
  });

  test("a bottom is more than 50 % down, holds, and is recovering two weeks later", () => {
    const bottoms = eventsOf(market, "bottomed_out", soon);
    expect(bottoms.length).toBeGreaterThanOrEqual(2);
    for (const bottom of bottoms) {
      const points = market.historyOf(bottom.slug, bottom.startAt, bottom.endAt) ?? [];
      const low = points.reduce((lowest, point) => (point.priceUsd < lowest.priceUsd ? point : lowest));
      expect(1 - low.priceUsd / priceAt(market, bottom, "high")).toBeGreaterThan(0.5);
      expect(Math.abs(low.at - timeOf(bottom, "low"))).toBeLessThan(5 * dayMs);
      expect(priceAt(market, bottom, "recovering") / low.priceUsd).toBeGreaterThan(1.08);
      expect(observe(market, bottom.slug, bottom.endAt).priceUsd / low.priceUsd).toBeGreaterThan(2);
    }
  });

  test("a double top has two highs within 5 %, a low 10 % under them, and falls through the low", () => {
    const tops = eventsOf(market, "two_highs_one_low", soon);
    expect(tops.length).toBeGreaterThanOrEqual(2);
    for (const top of tops) {
      const [h1, low] = [priceAt(market, top, "h1"), priceAt(market, top, "low")];
      const [h2, after] = [priceAt(market, top, "h2"), priceAt(market, top, "below_low")];
      expect(Math.abs(h2 / h1 - 1)).toBeLessThan(0.05);
      expect(1 - low / Math.min(h1, h2)).toBeGreaterThan(0.1);
      expect(after / low).toBeLessThan(0.97);
      const between = market.historyOf(top.slug, timeOf(top, "h1"), timeOf(top, "h2")) ?? [];
      expect(Math.max(...between.map(point => point.priceUsd))).toBeLessThan(1.03 * Math.max(h1, h2));
    }
  });

  test("the market moves as one in a market move", () => {
    const moves = eventsOf(market, "market_move", soon);
    expect(moves.length).toBeGreaterThanOrEqual(4);
    for (const move of moves) {
      const changeOf = (slug: string): number =>
        observe(market, slug, timeOf(move, "extreme")).priceUsd /
          observe(market, slug, timeOf(move, "start")).priceUsd -
        1;
      const sign = Math.sign(changeOf("bitcoin"));
      expect(Math.abs(changeOf("bitcoin"))).toBeGreaterThan(0.03);
      expect(["ethereum", "solana", "cardano", "uniswap"].map(slug => Math.sign(changeOf(slug)))).toEqual(
        Array.from({ length: 4 }, () => sign),
      );
    }
  });

  test("a trend moves the price its way by more than 10 %, and a coin that holds still by less than 8 %", () => {
    const trends = eventsOf(market, "trend", soon);
    expect(new Set(trends.map(trend => trend.direction))).toEqual(
      new Set(["uptrend", "downtrend", "sideways"]),
    );
    for (const trend of trends) {
      const change = priceAt(market, trend, "end") / priceAt(market, trend, "start") - 1;
      if (trend.direction === "uptrend") expect(change).toBeGreaterThan(0.1);
      else if (trend.direction === "downtrend") expect(change).toBeLessThan(-0.1);
      else expect(Math.abs(change)).toBeLessThan(0.08);
    }
  });

  test.each([
    ["solana", 90, "uptrend"],
    ["cosmos", 90, "downtrend"],
    ["chainlink", 30, "uptrend"],
    ["filecoin", 30, "downtrend"],
    ["aave", 7, "uptrend"],
    ["polkadot-new", 7, "downtrend"],
  ])("%s has had %i days of %s at the start", (slug, days, direction) => {
    const from = start - days * dayMs;
    expect(
      market
        .scriptedEvents(from, start - hourMs)
        .filter(event => event.kind === "trend" && event.slug === slug && event.startAt <= from)
        .filter(event => event.endAt === start)
        .map(event => event.kind === "trend" && event.direction),
    ).toEqual([direction]);
    const change = observe(market, slug, start).priceUsd / observe(market, slug, from).priceUsd - 1;
    expect(direction === "uptrend" ? change : -change).toBeGreaterThan(0.1);
  });

  test("within the last day Bitcoin Cash has risen and Cardano fallen by more than 5 %", () => {
    const changeOf = (slug: string): number =>
      observe(market, slug, start).priceUsd / observe(market, slug, start - dayMs).priceUsd - 1;
    expect(changeOf("bitcoin-cash")).toBeGreaterThan(0.05);
    expect(changeOf("cardano")).toBeLessThan(-0.05);
  });
});

test("the events go on for ever, each kind on other coins than the other kinds", () => {
  const market = demoMarket({ seed: 1, start });
  const year = market.scriptedEvents(start + 1_000 * dayMs, start + 1_200 * dayMs);
  const kindsOfCoin = new Map<string, Set<string>>();
  for (const event of year) {
    if (event.kind === "market_move" || event.kind === "trend") continue;
    kindsOfCoin.set(event.slug, (kindsOfCoin.get(event.slug) ?? new Set()).add(event.kind));
  }
  expect(new Set(year.map(event => event.kind))).toEqual(
    new Set(["trend", "market_move", "pump_and_dump", "volume_anomaly", "bottomed_out", "two_highs_one_low"]),
  );
  expect([...kindsOfCoin.values()].map(kinds => kinds.size)).toEqual([...kindsOfCoin].map(() => 1));
});
