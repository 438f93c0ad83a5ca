import type { Intent, Slots } from "@vibe-charting/contracts";
import { describe, expect, it } from "vitest";
import type { CoinFacts } from "../coin-facts.ts";
import { noSlots } from "../no-slots.ts";
import { makePlan } from "../plan.ts";
import { at, someCoin, someEpisode, someTrend } from "../testing/some-coin.ts";
import { answerList } from "./answer-list.ts";

const ask = (coins: readonly CoinFacts[], intents: Intent[], slots: Partial<Slots> = {}, text = "") =>
  answerList(makePlan({ intents, slots: { ...noSlots, ...slots } }, text, at), coins);
const ids = ({ results }: ReturnType<typeof ask>) => results.map(({ cmcId }) => cmcId);
const hoursAgo = (hours: number) => new Date(at.getTime() - hours * 3_600_000);

describe("a list by change", () => {
  const changes = [3, -2, 7, 7, null, 0, -9];
  const coins = changes.map((changePct, index) => someCoin(index + 1, { changePct }));

  it("puts the largest first, equal ones by rank, and leaves out what has no price at the start", () => {
    const answer = ask(coins, ["performance"], { direction: "best", limit: 6 });
    expect(ids(answer)).toEqual([3, 4, 1, 6, 2, 7]);
    expect(answer.evaluated).toBe(6);
    expect([...answer.skipped]).toEqual([["no price at the window's start", 1]]);
  });

  it("keeps to the side asked for where no number is", () => {
    expect(ids(ask(coins, ["performance"], { direction: "best" }))).toEqual([3, 4, 1]);
    expect(ids(ask(coins, ["performance"], { direction: "worst" }))).toEqual([7, 2]);
    expect(ids(ask(coins, ["performance"]))).toEqual([7, 3, 4, 1, 2, 6]);
  });

  it.each<[Partial<Slots>, readonly number[]]>([
    [{ direction: "best", minChangePct: 7 }, [3, 4]],
    [{ direction: "worst", minChangePct: 2 }, [7, 2]],
    [{ minChangePct: 7 }, [7, 3, 4]],
    [{ direction: "best", symbols: ["C1"] }, [3, 4]],
    [{ direction: "best", limit: 2, maxRank: 2 }, [1, 2]],
    [{ direction: "best", limit: 2, excludeSymbols: ["C3"] }, [4, 1]],
  ])("applies %j", (slots, expected) => {
    expect(ids(ask(coins, ["performance"], slots))).toEqual(expected);
  });

  it("shows the nearest where none is far enough", () => {
    const { text } = ask(coins, ["performance"], { direction: "best", minChangePct: 10, timeframe: "7d" });
    expect(text).toBe(
      "None of 6 coins rose 10% or more over the past 7 days. Closest: C3 (+7.0% of +10.0%); C4 (+7.0% of +10.0%); C1 (+3.0% of +10.0%).",
    );
  });

  it("leaves out groups by what their coins are", () => {
    const market = [
      someCoin(1, { kind: "stable", changePct: 3 }),
      someCoin(2, { symbol: "DOGE", changePct: 2 }),
      someCoin(3, { changePct: 1 }),
    ];
    const best = { direction: "best", limit: 3 } as const;
    expect(ids(ask(market, ["performance"], best))).toEqual([1, 2, 3]);
    expect(ids(ask(market, ["performance"], { ...best, excludeSymbols: ["@stablecoins"] }))).toEqual([2, 3]);
    expect(ids(ask(market, ["performance"], { ...best, excludeSymbols: ["@memecoins"] }))).toEqual([1, 3]);
  });

  it("counts a coin of unknown size as skipped where a size is asked for", () => {
    const market = [someCoin(1, { marketCapUsd: null }), someCoin(2, { marketCapUsd: 5 }), someCoin(3)];
    const answer = ask(market, ["performance"], { direction: "best", limit: 5, minMarketCap: 6 });
    expect(ids(answer)).toEqual([3]);
    expect([...answer.skipped]).toEqual([["market cap not known", 1]]);
  });
});

describe("a list by trend", () => {
  const coins = [
    someCoin(1, { trends: someTrend("7d", "uptrend", { confidence: 0.6 }) }),
    someCoin(2, { trends: someTrend("7d", "uptrend", { confidence: 0.9 }) }),
    someCoin(3, { trends: someTrend("7d", "sideways", { confidence: 0.7 }) }),
    someCoin(4, { trends: someTrend("7d", null) }),
    someCoin(5, { isAnalyzed: false }),
    someCoin(6, { kind: "stable", trends: someTrend("7d", "sideways") }),
    someCoin(7),
  ];

  it("puts the surest first and counts what could not be evaluated, by why", () => {
    const answer = ask(coins, ["trend"], { trend: "uptrend" });
    expect(ids(answer)).toEqual([2, 1]);
    expect([...answer.skipped]).toEqual([
      ["not enough data", 1],
      ["not analysed yet", 1],
      ["pegged to a currency", 1],
      ["trend of that time not worked out", 1],
    ]);
  });

  it.each<[Partial<Slots>, readonly number[]]>([
    [{ trend: ["uptrend", "sideways"] }, [2, 3, 1]],
    [{ trend: "uptrend", negated: true }, [3]],
    [{ trend: null }, [2, 1]],
    [{ trend: "uptrend", minConfidence: 0.8 }, [2]],
  ])("applies %j", (slots, expected) => {
    expect(ids(ask(coins, ["trend"], slots))).toEqual(expected);
  });

  it("asks for the calm half of the market beside low volatility", () => {
    const market = [0.2, 0.9, 0.4, 0.6].map((volatility, index) =>
      someCoin(index + 1, {
        trends: { ...someTrend("7d", "sideways"), ...someTrend("30d", "sideways", { volatility }) },
      }),
    );
    expect(ids(ask(market, ["trend", "volatility"], { trend: "sideways", direction: "low" }))).toEqual([
      1, 3,
    ]);
    expect(ids(ask(market, ["volatility"], { direction: "low" }))).toEqual([1, 3, 4, 2]);
    expect(ids(ask(market, ["volatility"], { direction: "high", limit: 1 }))).toEqual([2]);
  });
});

describe("a list by signal", () => {
  const coins = [
    someCoin(1, { episodes: [someEpisode("volume_anomaly", "confirmed", { detected_at: hoursAgo(5) })] }),
    someCoin(2, {
      episodes: [
        someEpisode("bottomed_out", "suspected", { detected_at: hoursAgo(1), confidence: 0.4 }),
        someEpisode("volume_anomaly", "resolved", { detected_at: hoursAgo(9) }),
      ],
    }),
    someCoin(3, { episodes: [someEpisode("bottomed_out", "rejected")] }),
    someCoin(4, { kind: "wrapped" }),
    someCoin(5, { isAnalyzed: false }),
  ];

  it("has a line for each episode, the latest first, without those that were rejected", () => {
    const answer = ask(coins, ["signal"]);
    expect(answer.results.map(({ cmcId, signal, state }) => [cmcId, signal, state])).toEqual([
      [2, "bottomed_out", "suspected"],
      [1, "volume_anomaly", "confirmed"],
      [2, "volume_anomaly", "resolved"],
    ]);
    expect([...answer.skipped]).toEqual([
      ["pegged or wrapped, raises no signals", 1],
      ["not analysed yet", 1],
    ]);
  });

  it.each<[Partial<Slots>, readonly number[]]>([
    [{ signal: "bottomed_out" }, [2]],
    [{ signal: ["bottomed_out", "volume_anomaly"], limit: 2 }, [2, 1]],
    [{ signal: "volume_anomaly", negated: true }, [3]],
    [{ minConfidence: 0.5 }, [1, 2]],
  ])("applies %j", (slots, expected) => {
    expect(ids(ask(coins, ["signal"], slots))).toEqual(expected);
  });
});
