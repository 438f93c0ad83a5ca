import { expect, it } from "vitest";
import { seededRandom } from "./evaluate/random.ts";
import { someMonday } from "./evaluate/sample-series.ts";
import { detectMarketMove, type MarketMoveState } from "./market-move.ts";
import { dayMs } from "./time.ts";
import type { MarketSample } from "./types.ts";

function marketWithCrash(): MarketSample[] {
  const random = seededRandom(11);
  return Array.from({ length: 60 }, (_, day) => ({
    at: someMonday + day * dayMs,
    medianLogReturn: day === 50 ? -0.2 : 0.015 * random.normal(),
    medianLogVolumeChange: day === 50 ? 1 : 0.1 * random.normal(),
    breadth: day === 50 ? 0.02 : 0.5,
  }));
}

it("reports one event for a day on which nearly all coins fell, and its end a day later", () => {
  const { changes } = detectMarketMove({ market: marketWithCrash(), state: null });
  expect(changes.map(({ episodeId, direction, state }) => ({ episodeId, direction, state }))).toEqual([
    { episodeId: "market_move:2024-02-20T00:00:00.000Z", direction: "down", state: "confirmed" },
    { episodeId: "market_move:2024-02-20T00:00:00.000Z", direction: "down", state: "resolved" },
  ]);
});

it("gives the same changes a sample at a time, with repetitions", () => {
  const market = marketWithCrash();
  let state: MarketMoveState | null = null;
  const changes = [];
  for (let count = 1; count <= market.length; count += 1) {
    for (const _ of [1, 2]) {
      const step = detectMarketMove({ market: market.slice(0, count), state });
      state = step.state;
      changes.push(...step.changes);
    }
  }
  expect(changes).toEqual(detectMarketMove({ market, state: null }).changes);
});

it("keeps quiet when the move is large but few coins share it", () => {
  const market = marketWithCrash().map(sample => ({ ...sample, breadth: 0.5 }));
  expect(detectMarketMove({ market, state: null }).changes).toEqual([]);
});
