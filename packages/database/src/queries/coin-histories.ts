import { sql } from "slonik";
import { z } from "zod";
import type { Queryable } from "../connect.ts";

const CoinHistoryRow = z.object({
  crypto_id: z.number(),
  cmc_id: z.number(),
  symbol: z.string(),
  coingecko_id: z.string().nullable(),
  refusal: z.string().nullable(),
  asked_from: z.date().nullable(),
  asked_to: z.date().nullable(),
  checked_at: z.date(),
});
export type CoinHistoryRow = z.infer<typeof CoinHistoryRow>;

/** Which coin of CoinGecko's one of ours is, or why it is none. */
export type CoinHistorySource = {
  readonly cryptoId: number;
  readonly coinGeckoId: string | null;
  readonly refusal: string | null;
};

/** What is known of these coins' histories: the one that was asked about longest ago first, then the best rank. */
export async function listCoinHistories(
  db: Queryable,
  cryptoIds: readonly number[],
): Promise<readonly CoinHistoryRow[]> {
  return await db.any(sql.type(CoinHistoryRow)`
    SELECT crypto_id, cmc_id, symbol, coingecko_id, refusal, asked_from, asked_to, checked_at
    FROM coin_histories JOIN cryptocurrencies ON cryptocurrencies.id = crypto_id
    WHERE crypto_id = ANY (${sql.array([...cryptoIds], "int8")})
    ORDER BY checked_at, rank NULLS LAST, cmc_id
  `);
}

/** Records where coins' histories come from; what was recorded of them before is replaced. */
export async function upsertCoinHistorySources(
  db: Queryable,
  sources: readonly CoinHistorySource[],
  checkedAt: Date,
): Promise<void> {
  await db.query(sql.unsafe`
    INSERT INTO coin_histories (crypto_id, coingecko_id, refusal, checked_at)
    SELECT crypto_id, coingecko_id, refusal, ${checkedAt.toISOString()}::timestamptz
    FROM ${sql.unnest(
      sources.map(({ cryptoId, coinGeckoId, refusal }) => [cryptoId, coinGeckoId, refusal]),
      ["int8", "text", "text"],
    )} AS source (crypto_id, coingecko_id, refusal)
    ON CONFLICT (crypto_id) DO UPDATE SET
      coingecko_id = excluded.coingecko_id, refusal = excluded.refusal, checked_at = excluded.checked_at,
      asked_from = NULL, asked_to = NULL, announced_at = NULL
  `);
}

/** Records that a coin's history was asked for and gave nothing: others come before it the next time. */
export async function recordHistoryFailure(db: Queryable, cryptoId: number, checkedAt: Date): Promise<void> {
  await db.query(sql.unsafe`
    UPDATE coin_histories SET checked_at = ${checkedAt.toISOString()} WHERE crypto_id = ${cryptoId}
  `);
}

/** Records the stretch of a coin's history that is stored, which the analysis is yet to be told of. */
export async function recordHistoryStored(
  db: Queryable,
  cryptoId: number,
  asked: { readonly from: Date; readonly to: Date },
  checkedAt: Date,
): Promise<void> {
  await db.query(sql.unsafe`
    UPDATE coin_histories SET
      asked_from = ${asked.from.toISOString()}, asked_to = ${asked.to.toISOString()},
      checked_at = ${checkedAt.toISOString()}, announced_at = NULL
    WHERE crypto_id = ${cryptoId}
  `);
}

const StoredHistory = z.object({
  cmc_id: z.number(),
  symbol: z.string(),
  asked_from: z.date(),
  asked_to: z.date(),
});

/** Marks every stored history that the analysis was not told of as announced, and gives them, best rank first. */
export async function takeUnannouncedHistories(
  db: Queryable,
  announcedAt: Date,
): Promise<readonly z.infer<typeof StoredHistory>[]> {
  return await db.any(sql.type(StoredHistory)`
    WITH taken AS (
      UPDATE coin_histories SET announced_at = ${announcedAt.toISOString()}
      WHERE announced_at IS NULL AND asked_to IS NOT NULL
      RETURNING crypto_id, asked_from, asked_to
    )
    SELECT cmc_id, symbol, asked_from, asked_to
    FROM taken JOIN cryptocurrencies ON cryptocurrencies.id = crypto_id
    ORDER BY rank NULLS LAST, cmc_id
  `);
}
