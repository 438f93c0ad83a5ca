import { CoinKind } from "@vibe-charting/contracts";
import { sql } from "slonik";
import { z } from "zod";
import type { Queryable } from "../connect.ts";

export type ListedCoin = {
  readonly cmcId: number;
  readonly symbol: string;
  readonly name: string;
  readonly slug: string;
  readonly kind: CoinKind;
  readonly rank: number;
};

/**
 * Adds coins or brings their names and ranks up to date; gives each coin's id by its CoinMarketCap id. Most coins of a
 * listing are as they were: those are not written.
 */
export async function upsertCoins(
  db: Queryable,
  coins: readonly ListedCoin[],
): Promise<ReadonlyMap<number, number>> {
  await db.query(sql.unsafe`
    INSERT INTO cryptocurrencies (cmc_id, symbol, name, slug, kind, rank)
    SELECT listed.cmc_id, listed.symbol, listed.name, listed.slug, listed.kind::coin_kind_enum, listed.rank
    FROM ${sql.unnest(
      coins.map(({ cmcId, symbol, name, slug, kind, rank }) => [cmcId, symbol, name, slug, kind, rank]),
      ["int8", "text", "text", "text", "text", "int4"],
    )} AS listed (cmc_id, symbol, name, slug, kind, rank)
    LEFT JOIN cryptocurrencies known ON known.cmc_id = listed.cmc_id
    WHERE (listed.symbol, listed.name, listed.slug, listed.kind::coin_kind_enum, listed.rank)
      IS DISTINCT FROM (known.symbol, known.name, known.slug, known.kind, known.rank)
    ON CONFLICT (cmc_id) DO UPDATE SET
      symbol = excluded.symbol, name = excluded.name, slug = excluded.slug, kind = excluded.kind,
      rank = excluded.rank, updated_at = now()
  `);
  return await findCoinIds(db, coins);
}

/** The coins' ids by their CoinMarketCap ids. */
async function findCoinIds(
  db: Queryable,
  coins: readonly Pick<ListedCoin, "cmcId">[],
): Promise<ReadonlyMap<number, number>> {
  const cmcIds = coins.map(({ cmcId }) => cmcId);
  const rows = await db.any(sql.type(z.object({ id: z.number(), cmc_id: z.number() }))`
    SELECT id, cmc_id FROM cryptocurrencies WHERE cmc_id = ANY (${sql.array(cmcIds, "int8")})
  `);
  return new Map(rows.map(({ id, cmc_id }) => [cmc_id, id]));
}

/**
 * Adds coins that are not known yet, without a rank, and leaves the others as they are: only the newest listing
 * says what a coin is called and where it stands. Gives each coin's id by its CoinMarketCap id.
 */
export async function addUnrankedCoins(
  db: Queryable,
  coins: readonly ListedCoin[],
): Promise<ReadonlyMap<number, number>> {
  await db.query(sql.unsafe`
    INSERT INTO cryptocurrencies (cmc_id, symbol, name, slug, kind)
    SELECT cmc_id, symbol, name, slug, kind::coin_kind_enum
    FROM ${sql.unnest(
      coins.map(({ cmcId, symbol, name, slug, kind }) => [cmcId, symbol, name, slug, kind]),
      ["int8", "text", "text", "text", "text"],
    )} AS listed (cmc_id, symbol, name, slug, kind)
    ON CONFLICT (cmc_id) DO NOTHING
  `);
  return await findCoinIds(db, coins);
}

/** Takes the rank from coins that the newest listing no longer has. */
export async function unrankOtherCoins(db: Queryable, listedCmcIds: readonly number[]): Promise<void> {
  await db.query(sql.unsafe`
    UPDATE cryptocurrencies SET rank = NULL, updated_at = now()
    WHERE rank IS NOT NULL AND cmc_id <> ALL (${sql.array([...listedCmcIds], "int8")})
  `);
}

const CoinRow = z.object({
  id: z.number(),
  cmc_id: z.number(),
  symbol: z.string(),
  name: z.string(),
  slug: z.string(),
  kind: CoinKind,
  rank: z.number().nullable(),
});
export type CoinRow = z.infer<typeof CoinRow>;

/** The coins that bear a symbol, best rank first: the first one is what the symbol means. */
export async function findCoinsBySymbol(db: Queryable, symbol: string): Promise<readonly CoinRow[]> {
  return await db.any(sql.type(CoinRow)`
    SELECT id, cmc_id, symbol, name, slug, kind, rank FROM cryptocurrencies
    WHERE upper(symbol) = ${symbol.toUpperCase()}
    ORDER BY rank NULLS LAST, cmc_id
  `);
}

/** One coin by its CoinMarketCap id, or null. */
export async function findCoinByCmcId(db: Queryable, cmcId: number): Promise<CoinRow | null> {
  return await db.maybeOne(sql.type(CoinRow)`
    SELECT id, cmc_id, symbol, name, slug, kind, rank FROM cryptocurrencies WHERE cmc_id = ${cmcId}
  `);
}

/** The coins of the newest listing, best rank first. */
export async function listRankedCoins(db: Queryable): Promise<readonly CoinRow[]> {
  return await db.any(sql.type(CoinRow)`
    SELECT id, cmc_id, symbol, name, slug, kind, rank FROM cryptocurrencies
    WHERE rank IS NOT NULL ORDER BY rank, cmc_id
  `);
}

const CoinName = z.object({
  id: z.number(),
  cmc_id: z.number(),
  symbol: z.string(),
  name: z.string(),
  slug: z.string(),
  kind: CoinKind,
});
/** What identifies a coin and says what it is. */
export type CoinName = z.infer<typeof CoinName>;

/** Every known coin's names, best rank first. */
export async function listCoinNames(db: Queryable): Promise<readonly CoinName[]> {
  return await db.any(sql.type(CoinName)`
    SELECT id, cmc_id, symbol, name, slug, kind FROM cryptocurrencies ORDER BY rank NULLS LAST, cmc_id
  `);
}
