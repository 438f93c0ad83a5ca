import { expect, it } from "vitest";
import type { CoinHistory } from "../history-csv.ts";
import { analyzeHistory } from "./analyze.ts";
import { backtestHistory, recordLines } from "./backtest.ts";

const dayMs = 86_400_000;
const start = Date.UTC(2024, 0, 1);

/** A quiet coin whose volume is thirty times as large on one day. */
function quietCoin(days: number, loudDay: number): CoinHistory {
  const samples = Array.from({ length: days }, (_, day) => ({
    at: start + day * dayMs,
    priceUsd: 10 * (1 + 0.02 * Math.sin(day * 1.7)),
    volume24hUsd: 1e6 * (1 + 0.2 * Math.sin(day * 2.3)) * (day === loudDay ? 30 : 1),
    marketCapUsd: 1e9,
  }));
  return { id: 1, symbol: "AAA", kind: "native", samples, leftOut: [] };
}

const all = { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY };

it("finds the loud day, once, and keeps its record", () => {
  const { changes, outcomes, ordinary } = backtestHistory(quietCoin(120, 80), [], all);
  expect(changes.map(({ type, state, detectedAt }) => [type, state, (detectedAt - start) / dayMs])).toEqual([
    ["volume_anomaly", "confirmed", 80],
    ["volume_anomaly", "resolved", 81],
  ]);
  const counts = recordLines(outcomes, [ordinary]).map(({ signal, count }) => [signal, count]);
  expect(counts).toEqual([
    ["pump_and_dump", 0],
    ["bottomed_out", 0],
    ["volume_anomaly", 1],
    ["two_highs_one_low", 0],
  ]);
});

it("counts signals from the first day asked for, with the earlier ones as look-back", () => {
  const later = { ...all, from: start + 81 * dayMs };
  expect(backtestHistory(quietCoin(120, 80), [], later).changes.map(({ state }) => state)).toEqual([
    "resolved",
  ]);
});

it("lists the signals that are open at the newest row, and none from old rows", () => {
  const history = quietCoin(81, 80);
  expect(analyzeHistory(history, [], null).signals.map(({ type, state }) => ({ type, state }))).toEqual([
    { type: "volume_anomaly", state: "confirmed" },
  ]);
  expect(analyzeHistory(history, [], start + 90 * dayMs).signals).toEqual([]);
});

it("has a line for a coin without a single good row", () => {
  const leftOut = [{ reason: "missing_price" as const, count: 3 }];
  const nothing: CoinHistory = { id: 1, symbol: "BBB", kind: "native", samples: [], leftOut };
  expect(analyzeHistory(nothing, [], null)).toEqual({
    symbol: "BBB",
    asOf: null,
    trends: [],
    signals: [],
    leftOut,
  });
});
