import { clamp, logistic, roundSignificant, scaledMad } from "./statistics.ts";
import { dayMs, isoTime } from "./time.ts";
import type { MarketSample } from "./types.ts";

/** The market's own episode: most coins fell or rose together. It stands for the coins' alerts of that day. */
export type MarketMove = {
  readonly episodeId: string;
  readonly direction: "up" | "down";
  readonly state: "confirmed" | "resolved";
  readonly openedAt: number;
  readonly detectedAt: number;
  readonly confidence: number;
  /** Median change of the day over the native coins, per cent. */
  readonly medianChangePct: number;
  /** Share of native coins that rose. */
  readonly breadth: number;
  /** The median change over its own usual size. */
  readonly z: number;
};

/** Plain JSON, stored between listings. */
export type MarketMoveState = {
  readonly asOf: number;
  readonly open: Pick<MarketMove, "episodeId" | "direction" | "openedAt"> | null;
};

/** What a day must reach to be a move of the market as a whole. */
export const marketMoveThresholds = {
  /** Median change over the usual size of such changes. */
  z: 3,
  /** A quiet market's small moves are no event. */
  dayLogReturn: 0.05,
  /** Share of coins that go the same way. */
  share: 0.8,
  leastDays: 14,
};
const historyMs = 60 * dayMs;
const episodeMs = dayMs;

/** Takes in every market sample later than the state's and returns the changes of the market's episode. */
export function detectMarketMove(input: {
  readonly market: readonly MarketSample[];
  readonly state: MarketMoveState | null;
}): { readonly state: MarketMoveState; readonly changes: readonly MarketMove[] } {
  const { market } = input;
  let state: MarketMoveState = input.state ?? { asOf: -8.64e15, open: null };
  const changes: MarketMove[] = [];
  for (let index = 0; index < market.length; index += 1) {
    const sample = market[index];
    if (sample === undefined || sample.at <= state.asOf) continue;
    const move = stepMarket(market, index, state);
    if (move !== null) changes.push(move);
    const open = move === null ? state.open : move.state === "confirmed" ? openOf(move) : null;
    state = { asOf: sample.at, open };
  }
  return { state, changes };
}

function openOf({ episodeId, direction, openedAt }: MarketMove): MarketMoveState["open"] {
  return { episodeId, direction, openedAt };
}

function stepMarket(
  market: readonly MarketSample[],
  index: number,
  state: MarketMoveState,
): MarketMove | null {
  const measured = measureDay(market, index);
  if (measured === null) return null;
  const { at } = measured;
  if (state.open !== null) {
    if (at - state.open.openedAt < episodeMs) return null;
    return { ...measured.values, ...state.open, state: "resolved", detectedAt: at };
  }
  const { z, medianChangePct } = measured.values;
  const direction = z > 0 ? "up" : "down";
  const share = direction === "up" ? measured.values.breadth : 1 - measured.values.breadth;
  const large = Math.abs(Math.log1p(medianChangePct / 100)) >= marketMoveThresholds.dayLogReturn;
  if (Math.abs(z) < marketMoveThresholds.z || !large || share < marketMoveThresholds.share) return null;
  const episodeId = `market_move:${isoTime(at)}`;
  return { ...measured.values, episodeId, direction, state: "confirmed", openedAt: at, detectedAt: at };
}

/** The day that ends at this sample, against the days before it in the past two months. */
function measureDay(market: readonly MarketSample[], index: number) {
  const at = market[index]?.at ?? Number.NaN;
  const days: number[] = [];
  let day = 0;
  for (let i = index; i >= 0; i -= 1) {
    const sample = market[i];
    if (sample === undefined) continue;
    const age = at - sample.at;
    if (age >= historyMs) break;
    const slot = Math.floor(age / dayMs);
    if (slot === 0) {
      day += sample.medianLogReturn;
    } else {
      days[slot - 1] = (days[slot - 1] ?? 0) + sample.medianLogReturn;
    }
  }
  const history = days.filter(value => value !== undefined);
  if (history.length < marketMoveThresholds.leastDays) return null;
  const scale = Math.max(scaledMad(history), 0.01);
  const z = day / scale;
  return {
    at,
    values: {
      confidence: roundSignificant(clamp(logistic((Math.abs(z) - marketMoveThresholds.z) / 1.5), 0, 0.99), 4),
      medianChangePct: roundSignificant(100 * (Math.exp(day) - 1)),
      breadth: roundSignificant(market[index]?.breadth ?? 0, 4),
      z: roundSignificant(z),
    },
  };
}
