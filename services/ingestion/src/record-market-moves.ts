import { type Condition, type MarketSource, marketMoved } from "@vibe-charting/contracts";
import {
  addToOutbox,
  insertMarketMove,
  type Queryable,
  readMarketMoveState,
  readMarketSeries,
  writeMarketMoveState,
} from "@vibe-charting/database";
import {
  detectMarketMove,
  engineVersion,
  lookbackDays,
  type MarketMove,
  type MarketMoveState,
  marketMoveThresholds,
  toMarketSamples,
} from "@vibe-charting/market";

const dayMs = 24 * 60 * 60 * 1_000;

/**
 * Takes a recorded listing into the detector of market-wide moves, in the listing's transaction: each change is
 * recorded once, with one alert that stands for those of forty coins. Changes found in past prices alert nobody.
 */
export async function recordMarketMoves(
  tx: Queryable,
  observedAt: Date,
  source: MarketSource,
): Promise<void> {
  const since = new Date(observedAt.getTime() - lookbackDays * dayMs);
  const market = toMarketSamples(await readMarketSeries(tx, since, observedAt));
  const before = (await readMarketMoveState(tx)) as MarketMoveState | null;
  const { state, changes } = detectMarketMove({ market, state: before });
  await writeMarketMoveState(tx, JSON.stringify(state));
  for (const move of changes) {
    const alerted = move.detectedAt === observedAt.getTime();
    const { z: _, openedAt, detectedAt, ...row } = move;
    const isNew = await insertMarketMove(tx, {
      ...row,
      openedAt: new Date(openedAt),
      detectedAt: new Date(detectedAt),
      alerted,
    });
    if (isNew && alerted) await addToOutbox(tx, [toAlert(move, source)]);
  }
}

function toAlert({ z, openedAt, detectedAt, ...move }: MarketMove, marketSource: MarketSource) {
  const share = move.direction === "up" ? move.breadth : 1 - move.breadth;
  return marketMoved({
    ...move,
    signalType: "market_move",
    symbol: "MARKET",
    previousState: move.state === "resolved" ? "confirmed" : null,
    openedAt: new Date(openedAt).toISOString(),
    detectedAt: new Date(detectedAt).toISOString(),
    detectorVersion: engineVersion,
    marketSource,
    evidence: {
      conditions: [
        atLeast("median_change_over_its_usual_size", Math.abs(z), marketMoveThresholds.z),
        atLeast("share_of_coins_that_went_along", share, marketMoveThresholds.share),
      ],
      points: [],
      levels: {},
      notes: [],
    },
  });
}

function atLeast(name: string, value: number, threshold: number): Condition {
  return { name, value, threshold, comparison: ">=", met: value >= threshold, distance: value - threshold };
}
