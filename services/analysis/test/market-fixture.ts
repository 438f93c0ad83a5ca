import { PricesIngested, pricesIngested } from "@vibe-charting/contracts";
import {
  ensurePricePartitions,
  insertPrices,
  recordListing,
  recordPastSnapshots,
  upsertCoins,
} from "@vibe-charting/database";
import { createTestDatabase, type TestDatabase } from "@vibe-charting/database/testing";

const hourMs = 3_600_000;
/** The first listing; what lies before it is history. */
const openedAt = Date.UTC(2026, 2, 1);
export const historyHours = 40 * 24;
export const listingHours = 24;

export const coins = { BTC: 1, LTC: 2, WILD: 3, PUMP: 999 } as const;
export type Symbol = keyof typeof coins;
const symbols: readonly Symbol[] = ["BTC", "LTC", "WILD", "PUMP"];
/** When the wild coin leaps after a calm day and a half: a surprise only to those who do not know its past. */
export const wildHour = 36;

export const at = (hour: number) => new Date(openedAt + hour * hourMs);

/** Two calm coins, and one whose price and volume leap from hour 5 to 8 and collapse after that. */
function quote(symbol: Symbol, hour: number) {
  const cmcId = coins[symbol];
  if (symbol === "WILD") return wildQuote(hour);
  const swing = Math.sin(hour / 5 + cmcId) + Math.sin(hour / 37 + 2 * cmcId);
  const isPumped = symbol === "PUMP" && hour >= 5 && hour <= 8;
  return {
    priceUsd: 100 * Math.exp(0.004 * swing) * (isPumped ? 1 + 0.3 * (hour - 4) : 1),
    volume24hUsd: 1e7 * Math.exp(0.05 * Math.cos(hour / 7 + cmcId)) * (isPumped ? 40 : 1),
  };
}

/** A coin that leaps up and down all the time, but for its first day and a half in the listings. */
function wildQuote(hour: number) {
  const leap = hour < 0 ? 0.08 * Math.sin(2.1 * hour) : hour === wildHour ? 0.15 : 0;
  const volume = hour < 0 ? 0.5 * Math.sin(2.1 * hour) : hour === wildHour ? 0.5 : 0;
  return { priceUsd: 10 * Math.exp(leap), volume24hUsd: 1e7 * Math.exp(volume) };
}

export type Market = TestDatabase & {
  /** Stores past prices of hours `from` to `to` of each coin, and what the market did in them. */
  readonly addHistory: (from: number, to: number) => Promise<void>;
  readonly addListing: (hour: number) => Promise<void>;
  readonly ids: ReadonlyMap<number, number>;
};

/** A database with three coins and no prices, or a copy of one. */
export async function createMarket(original?: Market): Promise<Market> {
  const test = await createTestDatabase(original && { copyOf: original });
  const { database } = test;
  const ids = await upsertCoins(
    database,
    symbols.map((symbol, index) => ({
      cmcId: coins[symbol],
      symbol,
      name: symbol,
      slug: symbol.toLowerCase(),
      kind: "native" as const,
      rank: index + 1,
    })),
  );
  await ensurePricePartitions(database, at(-historyHours), at(500));
  const priceOf = (symbol: Symbol, hour: number, rank: number | null) => ({
    ...quote(symbol, hour),
    cryptoId: ids.get(coins[symbol]) ?? 0,
    observedAt: at(hour),
    marketCapUsd: null,
    rank,
  });
  return {
    ...test,
    ids,
    addHistory: async (from, to) => {
      const hours = Array.from({ length: to - from + 1 }, (_, index) => from + index);
      await insertPrices(
        database,
        symbols.flatMap(symbol => hours.map(hour => priceOf(symbol, hour, null))),
        null,
      );
      await recordPastSnapshots(database, "demo", at(from), at(to));
    },
    addListing: async hour => {
      await insertPrices(
        database,
        symbols.map((symbol, index) => priceOf(symbol, hour, index + 1)),
        at(hour),
      );
      await recordListing(database, at(hour), "demo", symbols.length);
    },
  };
}

/** The message about a coin's prices of these hours. */
export function message(
  symbol: Symbol,
  from: number,
  options: { to?: number; reason?: PricesIngested["data"]["reason"]; revision?: string } = {},
): PricesIngested {
  const { to = from, reason = "listing", revision } = options;
  const { json } = pricesIngested(
    { cmcId: coins[symbol], symbol, from: at(from).toISOString(), to: at(to).toISOString(), reason },
    revision,
  );
  return PricesIngested.parse(JSON.parse(json));
}

/** Every row that the analysis writes, without ids and times of writing. */
export async function writtenRows({ query }: Pick<Market, "query">) {
  return {
    trends: await query(
      `SELECT cmc_id, timeframe, trend_type, confidence, change_pct, volatility, enough_data, notes, as_of
       FROM trend_analysis JOIN cryptocurrencies ON cryptocurrencies.id = crypto_id ORDER BY cmc_id, timeframe`,
    ),
    states: await query("SELECT crypto_id, as_of, state FROM detector_states ORDER BY crypto_id"),
    signals: await query(
      `SELECT crypto_id, episode_id, signal_type, state, previous_state, confidence, opened_at, detected_at, price,
         evidence, alerted
       FROM signal_events ORDER BY episode_id, state`,
    ),
    alerts: await query("SELECT topic, event_id, body FROM outbox ORDER BY event_id"),
  };
}
