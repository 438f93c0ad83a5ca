import {
  type CoinRow,
  type Database,
  listCoinHistories,
  upsertCoinHistorySources,
} from "@vibe-charting/database";
import { fetchCoins, fetchPrices } from "./coingecko/fetch-coins.ts";
import { findCandidates, settleMatch } from "./coingecko/match-coins.ts";
import type { QuotedCoin } from "./coinmarketcap/parse-listing.ts";
import type { ProviderClient } from "./provider-client.ts";
import type { RetryOptions } from "./retry.ts";

/** A refusal is looked at again after this: prices drift apart for hours, and coins come to CoinGecko later. */
const refusalStandsMs = 24 * 60 * 60 * 1_000;

type MatchOptions = {
  readonly ask: ProviderClient;
  readonly time: RetryOptions;
  readonly now: Date;
};

/** Finds CoinGecko's coin for each that has none yet, with the listing's prices, and records it or why there is none. */
export async function matchHistories(
  db: Database,
  coins: readonly CoinRow[],
  listed: readonly Pick<QuotedCoin, "cmcId" | "priceUsd">[],
  { ask, time, now }: MatchOptions,
): Promise<void> {
  const known = await listCoinHistories(
    db,
    coins.map(({ id }) => id),
  );
  const settled = new Set(
    known
      .filter(
        ({ refusal, checked_at }) =>
          refusal === null || now.getTime() - checked_at.getTime() < refusalStandsMs,
      )
      .map(({ crypto_id }) => crypto_id),
  );
  const priceOf = new Map(listed.map(({ cmcId, priceUsd }) => [cmcId, priceUsd]));
  const unsettled = coins.flatMap(coin => {
    const priceUsd = priceOf.get(coin.cmc_id);
    return settled.has(coin.id) || priceUsd === undefined
      ? []
      : [{ ...coin, cryptoId: coin.id, cmcId: coin.cmc_id, priceUsd }];
  });
  if (unsettled.length === 0) return;

  const candidates = findCandidates(unsettled, await fetchCoins(ask, time));
  const ids = [...new Set([...candidates.values()].flat().map(({ coinId }) => coinId))];
  const prices = await fetchPrices(ask, ids, time);
  const sources = unsettled.map(coin => {
    const match = settleMatch(coin, candidates.get(coin.cmcId) ?? [], prices);
    return match.kind === "matched"
      ? { cryptoId: coin.cryptoId, coinGeckoId: match.coinId, refusal: null }
      : { cryptoId: coin.cryptoId, coinGeckoId: null, refusal: match.reason };
  });
  await upsertCoinHistorySources(db, sources, now);
}
