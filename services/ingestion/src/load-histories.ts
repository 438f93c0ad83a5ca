import {
  type CoinHistoryRow,
  type Database,
  listCoinHistories,
  recordHistoryFailure,
  upsertCoinHistorySources,
} from "@vibe-charting/database";
import { storeHistory } from "./backfill-history.ts";
import { fetchHistory, hourlyUpToDays } from "./coingecko/fetch-history.ts";
import type { ProviderClient } from "./provider-client.ts";
import { ProviderError } from "./provider-error.ts";
import type { RetryOptions } from "./retry.ts";

const dayMs = 24 * 60 * 60 * 1_000;

type LoadOptions = {
  readonly ask: ProviderClient;
  /** What a request may take, with its waits. */
  readonly time: RetryOptions;
  /** Whether another coin may be begun. */
  readonly hasTime: () => boolean;
  readonly days: number;
  /** The market's time, which the days end at. */
  readonly asOf: Date;
  readonly now: Date;
};

type CoinProblem = { readonly symbol: string; readonly reason: string };

/** Where a load of histories stands. */
export type LoadReport = {
  /** Coins whose prices of these days are stored, by this run or an earlier one. */
  readonly done: number;
  /** Coins that are left, those that failed among them. */
  readonly remaining: number;
  readonly refused: readonly CoinProblem[];
  /** Coins that were asked for in this run in vain. */
  readonly failed: readonly CoinProblem[];
  readonly prices: number;
  /** Whether every coin was asked for, so that the analysis can be told of a market that is whole. */
  readonly isWhole: boolean;
};

/** Loads the past prices of coins, one after the other, until the time is up; what is stored is not asked for again. */
export async function loadHistories(
  db: Database,
  cryptoIds: readonly number[],
  options: LoadOptions,
): Promise<LoadReport> {
  const { days, asOf, now, hasTime } = options;
  const asked = { from: new Date(asOf.getTime() - days * dayMs), to: asOf };
  const failed: CoinProblem[] = [];
  let prices = 0;
  let isWhole = true;
  for (const coin of await listCoinHistories(db, cryptoIds)) {
    const { coingecko_id } = coin;
    if (coingecko_id === null || isStored(coin, asked)) continue;
    isWhole = hasTime();
    if (!isWhole) break;
    try {
      const history = await fetchHistory(options.ask, coingecko_id, days, options.time);
      if (history.prices.length > 0) {
        prices += await storeHistory(db, { coin, prices: history.prices, asked, checkedAt: now });
      } else {
        const refusal = `CoinGecko has no price of ${coingecko_id} in these ${days} days`;
        await upsertCoinHistorySources(db, [{ cryptoId: coin.crypto_id, coinGeckoId: null, refusal }], now);
      }
    } catch (error) {
      // What the provider does to one coin is that coin's; a fault of ours or of the database ends the run.
      if (!(error instanceof ProviderError)) throw error;
      failed.push({ symbol: coin.symbol, reason: error.message });
      await recordHistoryFailure(db, coin.crypto_id, now);
    }
  }
  const coins = await listCoinHistories(db, cryptoIds);
  const refused = coins.flatMap(({ symbol, refusal }) =>
    refusal === null ? [] : [{ symbol, reason: refusal }],
  );
  const done = coins.filter(coin => isStored(coin, asked)).length;
  return { done, remaining: coins.length - done - refused.length, refused, failed, prices, isWhole };
}

/** Whether the stretch is stored, to a day, and not only by its days where its hours are asked for. */
function isStored(
  { asked_from, asked_to }: CoinHistoryRow,
  asked: { readonly from: Date; readonly to: Date },
): boolean {
  if (asked_from === null || asked_to === null) return false;
  const isHourly = (from: Date, to: Date) => to.getTime() - from.getTime() <= hourlyUpToDays * dayMs;
  return (
    asked_from.getTime() <= asked.from.getTime() + dayMs &&
    asked_to.getTime() >= asked.to.getTime() - dayMs &&
    (isHourly(asked_from, asked_to) || !isHourly(asked.from, asked.to))
  );
}
