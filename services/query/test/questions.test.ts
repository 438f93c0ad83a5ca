import { QueryResponse } from "@vibe-charting/contracts";
import { readQueryLogs, recordPastSnapshots } from "@vibe-charting/database";
import { createTestDatabase, type TestDatabase } from "@vibe-charting/database/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { apiClient } from "./api-client.ts";
import { type FixtureCoin, now, steady, storeMarket, storeSignal, swaying } from "./market-fixture.ts";

/** In the order of their rank. Changes over 7 days: SOL +20 %, LUNA Classic +5.5 %, DOGE +2 %, ... */
const coins: readonly FixtureCoin[] = [
  { cmcId: 1, symbol: "BTC", name: "Bitcoin", prices: steady(90, 50_000, 60_000) },
  { cmcId: 2, symbol: "ETH", name: "Ethereum", prices: steady(90, 4_000, 2_000) },
  { cmcId: 3, symbol: "USDT", name: "Tether", kind: "stable", prices: steady(90, 1, 1) },
  { cmcId: 4, symbol: "SOL", name: "Solana", prices: steady(90, 20, 200) },
  { cmcId: 5, symbol: "DOGE", name: "Dogecoin", prices: swaying(90, 0.1, 0.01) },
  {
    cmcId: 6,
    symbol: "WBTC",
    name: "Wrapped Bitcoin",
    kind: "wrapped",
    prices: steady(90, 50_000, 60_000),
  },
  { cmcId: 7, symbol: "LUNA", name: "Terra", prices: steady(90, 5, 1) },
  { cmcId: 8, symbol: "NEW", name: "Newcomer", marketCapUsd: null, prices: [2, 2.1] },
  { cmcId: 9, symbol: "LUNA", name: "Luna Classic", prices: steady(90, 1, 2) },
  { cmcId: 10, symbol: "GONE", name: "Gone Coin", prices: [...steady(89, 1, 2), null] },
];

const dayMs = 24 * 60 * 60 * 1_000;

describe("POST /query", () => {
  let test: TestDatabase;
  let ask: (query: string, asOf?: Date) => Promise<QueryResponse>;
  beforeAll(async () => {
    test = await createTestDatabase();
    const ids = await storeMarket(test.database, coins);
    const idOf = (cmcId: number) => ids.get(cmcId) ?? 0;
    await storeSignal(test.database, idOf(5), { type: "volume_anomaly", state: "confirmed", daysAgo: 1 });
    await storeSignal(test.database, idOf(7), { type: "bottomed_out", state: "suspected", daysAgo: 20 });
    await storeSignal(test.database, idOf(2), { type: "bottomed_out", state: "suspected", daysAgo: 30 });
    await storeSignal(test.database, idOf(2), { type: "bottomed_out", state: "rejected", daysAgo: 25 });
    const call = apiClient(test.database);
    ask = async (query, asOf) => {
      const body = asOf === undefined ? { query } : { query, asOf: asOf.toISOString() };
      const answer = await call({ method: "POST", resource: "/query", body });
      expect(answer.status).toBe(200);
      return QueryResponse.parse(answer.body);
    };
  });
  afterAll(() => test.drop());

  const symbols = ({ results }: QueryResponse) => results.map(({ symbol, cmcId }) => `${symbol} ${cmcId}`);

  it("gives the largest changes of the window, wrapped coins among them, equal ones by rank", async () => {
    const answer = await ask("top 5 performers this week");
    expect(symbols(answer)).toEqual(["SOL 4", "LUNA 9", "DOGE 5", "BTC 1", "WBTC 6"]);
    const change = (prices: readonly (number | null)[]) =>
      100 * ((prices.at(-1) ?? 0) / (prices.at(-8) ?? 0) - 1);
    const [best] = answer.results;
    expect(best?.changePct).toBeCloseTo(change(coins[3]?.prices ?? []), 9);
    expect(answer.interpretation.window).toEqual({
      from: new Date(now.getTime() - 7 * dayMs).toISOString(),
      to: now.toISOString(),
    });
    expect(answer.coverage).toEqual({
      evaluated: 8,
      skipped: [{ reason: "no price at the window's start", count: 1 }],
      asOf: now.toISOString(),
      stale: false,
      source: "replay",
    });
    expect(answer.answer).toBe(
      "The 5 strongest of 8 coins over the past 7 days: SOL +19.6% to $200.00; LUNA (Luna Classic) +5.5% to $2.00; " +
        "DOGE +2.0% to $0.101; BTC +1.4% to $60,000; WBTC +1.4% to $60,000. " +
        "Evaluated 8 coins, skipped 1 (no price at the window's start). " +
        "Replay of past prices, not live; as of 2026-03-18 00:00 UTC.",
    );
  });

  it.each([
    ["worst performers", ["LUNA 7", "ETH 2"]],
    ["top 2 losers this week", ["LUNA 7", "ETH 2"]],
    ["which coins moved more than 5% in either direction this week?", ["SOL 4", "LUNA 7", "LUNA 9", "ETH 2"]],
    ["coins up more than 90% this month", ["SOL 4"]],
    ["which coins beat btc this week", ["SOL 4", "LUNA 9", "DOGE 5"]],
    ["best performers this week except SOL and DOGE", ["LUNA 9", "BTC 1", "WBTC 6"]],
    ["best performers this week, no memecoins", ["SOL 4", "LUNA 9", "BTC 1", "WBTC 6"]],
    ["top gainers in the top 4 this week", ["SOL 4", "BTC 1"]],
    ["gainers this week with market cap over $200m", ["SOL 4", "DOGE 5", "BTC 1"]],
    ["uptrend coins over 30 days", ["BTC 1", "SOL 4", "WBTC 6", "LUNA 9"]],
    ["which coins aren't in an uptrend this month?", ["ETH 2", "DOGE 5", "LUNA 7"]],
    ["coins in a downtrend or sideways over the past month", ["DOGE 5", "ETH 2", "LUNA 7"]],
    ["most volatile coin this month", ["DOGE 5"]],
    ["coins that bottomed out", ["LUNA 7"]],
    ["which coins haven't bottomed out yet?", ["BTC 1", "ETH 2", "SOL 4", "DOGE 5", "NEW 8", "LUNA 9"]],
    ["show me the latest signals", ["DOGE 5", "LUNA 7"]],
    ["volume spikes in the past 24 hours", ["DOGE 5"]],
    ["volume spikes in the past hour", []],
    ["coins that bottomed out and are in a downtrend this month", ["LUNA 7"]],
    ["btc vs eth this month", ["BTC 1", "ETH 2"]],
    ["which did worse this week, btc or eth?", ["ETH 2", "BTC 1"]],
    ["how is bitcoin doing?", ["BTC 1"]],
    ["LUNA price", ["LUNA 7"]],
    ["gone coin price", []],
    ["hi", []],
    ["will BTC hit 200k?", []],
  ])("answers %s", async (question, expected) => {
    expect(symbols(await ask(question))).toEqual(expected);
  });

  it.each([
    [
      "uptrend coins over 30 days",
      "4 of 7 coins are in an uptrend over the past 30 days: BTC 61% sure, +6.3%; SOL 61% sure, +115%; WBTC 61% sure, +6.3%; LUNA (Luna Classic) 61% sure, +26.0%.",
    ],
    [
      "coins up more than 200% this month",
      "None of 8 coins rose 200% or more over the past 30 days. Closest: SOL (+115% of +200%); LUNA (Luna Classic) (+26.0% of +200%); BTC (+6.3% of +200%).",
    ],
    [
      "which coins have returned the most in the past year?",
      "No coin could be evaluated for this question. Evaluated 0 coins, skipped 9 (no price at the window's start).",
    ],
    [
      "uptrend over 10 days",
      "Trends and volatility are kept over 24 hours and 7, 30 and 90 days: the 7-day ones are the nearest to what was asked.",
    ],
    ["LUNA price", "LUNA is taken for Terra, the highest-ranked; another coin bears this symbol too."],
    ["gone coin price", "GONE is not in this listing: its last price was $2.00 on 2026-03-17."],
    [
      "is ETH in a downtrend this month?",
      "Yes: ETH is in a downtrend; its 30-day trend is a downtrend (61% sure).",
    ],
    ["btc vs eth this month", "BTC did better than ETH over the past 30 days, by 26.9 percentage points."],
    ["how is the market?", "Over the past 24 hours 5 of 7 coins rose (71%); the middle change is +0.8%."],
    ["are we in a bull market?", "No, the market as a whole is not in an uptrend:"],
    ["does DOGE show two highs one low?", "DOGE"],
    ["market cap of bitcoin", "Market cap $1 billion, volume $1 million in 24 hours."],
    ["usdt price", "It is pegged to a currency and has no trend of its own."],
    ["what is the price of BTX?", "No followed coin has the symbol BTX. Did you mean BTC"],
    ["and what about last week?", "Earlier questions are not remembered"],
    ["will BTC hit 200k?", "ask about trends"],
  ])("says to %s: %s", async (question, text) => {
    expect((await ask(question)).answer).toContain(text);
  });

  it("explains condition by condition why a coin has no signal", async () => {
    const { answer, results } = await ask("has ETH bottomed out?");
    expect(answer).toMatch(
      /^No: ETH has no open bottomed-out signal\. \d of 5 conditions hold: fall from the peak \S+ \((holds|does not hold): at least \S+\), /,
    );
    expect(
      results.map(({ symbol, signal, evidence }) => ({
        symbol,
        signal,
        conditions: evidence?.conditions.length,
      })),
    ).toEqual([{ symbol: "ETH", signal: "bottomed_out", conditions: 5 }]);
  });

  it("names the coins nearest to a signal that none has", async () => {
    const { answer, results } = await ask("pump and dumps");
    expect(answer).toMatch(
      /^None of 7 coins has a pump-and-dump signal open now or changed in the past 7 days\. Closest of the 6 compared: SOL /,
    );
    expect(results).toEqual([]);
  });

  it("answers from the listing and the trends of a past time", async () => {
    const asOf = new Date(now.getTime() - 5 * dayMs);
    const answer = await ask("uptrend coins over 30 days", asOf);
    expect(symbols(answer)).toEqual(["BTC 1", "SOL 4", "WBTC 6", "LUNA 9", "GONE 10"]);
    expect(answer.coverage).toEqual({
      evaluated: 8,
      skipped: [{ reason: "pegged to a currency", count: 1 }],
      asOf: asOf.toISOString(),
      stale: false,
      source: "replay",
    });
    expect(symbols(await ask("show me the latest signals", new Date(now.getTime() - 26 * dayMs)))).toEqual([
      "ETH 2",
    ]);
  });

  it("works trends of a past time out for the best-ranked coins, and says of how many it did not", async () => {
    const other = await createTestDatabase();
    const many = Array.from({ length: 502 }, (_, index) => ({
      cmcId: index + 1,
      symbol: `C${index + 1}`,
      name: `Coin ${index + 1}`,
      prices: steady(9, 1, 2),
    }));
    await storeMarket(other.database, many, { analyze: false });
    const call = apiClient(other.database);
    const askThen = async (query: string) => {
      const body = { query, asOf: new Date(now.getTime() - dayMs).toISOString() };
      return QueryResponse.parse((await call({ method: "POST", resource: "/query", body })).body);
    };
    const all = await askThen("which coins are in an uptrend?");
    const best = await askThen("which of the top 400 coins are in an uptrend?");
    await other.drop();
    expect({ all: all.coverage, best: best.coverage.skipped }).toEqual({
      all: expect.objectContaining({
        evaluated: 500,
        skipped: [{ reason: "trend of that time not worked out", count: 2 }],
      }),
      best: [],
    });
    expect(all.answer).toContain("worked out for the 500 best-ranked coins that are asked about");
  });

  it.each([
    ["now", now],
    ["of a past time", new Date(now.getTime() - 5 * dayMs)],
  ])(
    "says %s of each coin its trend, volatility and open signals, though the question asks for changes",
    async (_, asOf) => {
      const best = await ask("best performers over the past 29 days", asOf);
      const worst = await ask("worst performers over the past 29 days", asOf);
      const results = [...best.results, ...worst.results];
      const parts = new Map(
        results.map(({ symbol, trend, confidence, volatility, openSignals }) => [
          symbol,
          { trend, isSure: confidence !== undefined, sways: (volatility ?? 0) > 0.001, openSignals },
        ]),
      );
      expect([parts.get("SOL"), parts.get("ETH")]).toEqual([
        { trend: "uptrend", isSure: true, sways: false, openSignals: [] },
        { trend: "downtrend", isSure: true, sways: false, openSignals: [] },
      ]);
      const doge = parts.get("DOGE");
      const isNow = asOf.getTime() === now.getTime();
      expect(doge).toEqual({
        trend: "sideways",
        isSure: true,
        sways: true,
        openSignals: isNow ? [{ signal: "volume_anomaly", state: "confirmed" }] : [],
      });
    },
  );

  it("names what a result is about, and not what else is open, where the question asks for signals", async () => {
    const { results } = await ask("which coins have a volume anomaly?");
    expect(
      results.map(({ symbol, signal, openSignals, trend }) => ({ symbol, signal, openSignals, trend })),
    ).toEqual([{ symbol: "DOGE", signal: "volume_anomaly", openSignals: undefined, trend: "sideways" }]);
  });

  it("answers before the first listing from past prices, and says so", async () => {
    const other = await createTestDatabase();
    await storeMarket(other.database, coins.slice(0, 2), { listings: 1 });
    await recordPastSnapshots(other.database, "replay", new Date(0), new Date(now.getTime() - 1));
    const call = apiClient(other.database);
    const asOf = new Date(now.getTime() - 9 * dayMs);
    const body = { query: "best performers of the week", asOf: asOf.toISOString() };
    const answer = QueryResponse.parse((await call({ method: "POST", resource: "/query", body })).body);
    expect({ symbols: symbols(answer), asOf: answer.coverage.asOf }).toEqual({
      symbols: ["BTC 1"],
      asOf: asOf.toISOString(),
    });
    expect(answer.answer).toContain("No listing was taken in then: these are the coins known today");
    await other.drop();
  });

  it("gives the same answer to the same question", async () => {
    const { queryId: first, ...answer } = await ask("least volatile coins this month");
    const { queryId: second, ...again } = await ask("least volatile coins this month");
    expect(again).toEqual(answer);
    expect(second).not.toBe(first);
  });

  it("keeps a log of each question without what looks like a key or an address", async () => {
    await ask("top gainers, my key is sk_live_0123456789abcdef and I am at jane@example.org");
    expect(await readQueryLogs(test.database, 1)).toEqual([
      {
        text: "top gainers, my key is [redacted] and I am at [redacted]",
        intent: "unknown",
        resultCount: 0,
      },
    ]);
  });
});
