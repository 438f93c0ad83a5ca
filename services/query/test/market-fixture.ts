import type { CoinKind, Evidence, SignalState, SignalType } from "@vibe-charting/contracts";
import {
  type Database,
  ensurePricePartitions,
  insertPrices,
  insertSignalEvent,
  recordListing,
  unrankOtherCoins,
  upsertCoins,
  upsertTrends,
} from "@vibe-charting/database";
import { analyzeTrends, engineVersion } from "@vibe-charting/market";

const dayMs = 24 * 60 * 60 * 1_000;

/** The newest listing's time in every fixture: a Wednesday. */
export const now = new Date("2026-03-18T00:00:00.000Z");

/** A coin with one price a day, the last one at `now`; null where a day has none. */
export type FixtureCoin = {
  readonly cmcId: number;
  readonly symbol: string;
  readonly name: string;
  readonly kind?: CoinKind;
  readonly marketCapUsd?: number | null;
  readonly prices: readonly (number | null)[];
};

/** Prices of `days + 1` days that go from one to the other by the same ratio each day. */
export function steady(days: number, from: number, to: number): readonly number[] {
  return Array.from({ length: days + 1 }, (_, day) => from * (to / from) ** (day / days));
}

/** Prices that sway around a middle: up one day, down the next. */
export function swaying(days: number, middle: number, by: number): readonly number[] {
  return Array.from({ length: days + 1 }, (_, day) => middle * (1 + (day % 2 === 0 ? by : -by)));
}

/**
 * Takes in a listing a day, in the coins' order as their rank, and analyses the newest one as the analysis service
 * does. Gives the database's id of each coin by its symbol and CoinMarketCap id.
 */
export async function storeMarket(
  db: Database,
  coins: readonly FixtureCoin[],
  options: {
    readonly analyze?: boolean;
    readonly source?: "demo" | "replay" | "coinmarketcap";
    readonly at?: Date;
    /** Days, back from the last, with a listing; the prices before are past ones, loaded later. */
    readonly listings?: number;
  } = {},
): Promise<ReadonlyMap<number, number>> {
  const { analyze = true, source = "replay", at = now, listings = Number.POSITIVE_INFINITY } = options;
  const days = Math.max(...coins.map(({ prices }) => prices.length)) - 1;
  const dayOf = (back: number) => new Date(at.getTime() - back * dayMs);
  await ensurePricePartitions(db, dayOf(days), at);
  const ids = await upsertCoins(
    db,
    coins.map(({ cmcId, symbol, name, kind = "native" }, index) => ({
      cmcId,
      symbol,
      name,
      slug: name.toLowerCase().replaceAll(" ", "-"),
      kind,
      rank: index + 1,
    })),
  );
  for (let back = days; back >= 0; back -= 1) {
    const priced = coins.flatMap((coin, index) => {
      const priceUsd = coin.prices[coin.prices.length - 1 - back] ?? null;
      const cryptoId = ids.get(coin.cmcId);
      if (priceUsd === null || cryptoId === undefined) return [];
      const { marketCapUsd = 1e9 / (index + 1) } = coin;
      return [
        { cryptoId, observedAt: dayOf(back), priceUsd, volume24hUsd: 1e6, marketCapUsd, rank: index + 1 },
      ];
    });
    if (priced.length === 0) continue;
    const isListing = back < listings;
    await insertPrices(db, priced, isListing ? dayOf(back) : null);
    if (isListing) await recordListing(db, dayOf(back), source, priced.length);
  }
  const listed = coins.filter(({ prices }) => prices.at(-1) !== null);
  await unrankOtherCoins(
    db,
    listed.map(({ cmcId }) => cmcId),
  );
  if (analyze) for (const coin of listed) await storeTrends(db, coin, ids.get(coin.cmcId) ?? 0, at);
  return ids;
}

async function storeTrends(db: Database, coin: FixtureCoin, cryptoId: number, at: Date): Promise<void> {
  const samples = coin.prices.flatMap((priceUsd, index) =>
    priceUsd === null
      ? []
      : [
          {
            at: at.getTime() - (coin.prices.length - 1 - index) * dayMs,
            priceUsd,
            volume24hUsd: 1e6,
            marketCapUsd: null,
          },
        ],
  );
  const identity = { id: coin.cmcId, symbol: coin.symbol, kind: coin.kind ?? "native" };
  await upsertTrends(
    db,
    cryptoId,
    analyzeTrends({ coin: identity, samples, asOf: at.getTime() }),
    at,
    engineVersion,
  );
}

export const someEvidence: Evidence = {
  conditions: [
    { name: "volume_ratio_7d", value: 3.1, threshold: 2.5, comparison: ">=", met: true, distance: 0.6 },
  ],
  points: [],
  levels: {},
  notes: [],
};

/** Stores one state of a signal's episode, so many days before `now`. */
export async function storeSignal(
  db: Database,
  cryptoId: number,
  signal: {
    readonly type: SignalType;
    readonly state: SignalState;
    readonly daysAgo: number;
    readonly confidence?: number;
    readonly episode?: string;
  },
): Promise<void> {
  const detectedAt = new Date(now.getTime() - signal.daysAgo * dayMs);
  await insertSignalEvent(db, cryptoId, {
    episodeId: signal.episode ?? `${signal.type}:${cryptoId}`,
    type: signal.type,
    state: signal.state,
    previousState: null,
    confidence: signal.confidence ?? 0.8,
    openedAt: detectedAt,
    detectedAt,
    priceUsd: 1,
    detectorVersion: `${signal.type}@1`,
    evidence: someEvidence,
    alerted: true,
  });
}
