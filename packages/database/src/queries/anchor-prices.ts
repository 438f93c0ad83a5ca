import { sql } from "slonik";
import { z } from "zod";
import type { Queryable } from "../connect.ts";

/** A price worked out from the provider's own change up to an observation. */
export type AnchorPrice = {
  readonly cryptoId: number;
  readonly at: Date;
  readonly priceUsd: number;
  readonly quotedAt: Date;
};

/** A time so many hours before an observation, and how near to it a price must lie to stand for it. */
export type AnchorWindow = { readonly hours: number; readonly toleranceMs: number };

/** Keeps anchor prices; one that is there already stays. */
export async function insertAnchorPrices(db: Queryable, anchors: readonly AnchorPrice[]): Promise<void> {
  if (anchors.length === 0) return;
  const [at, quotedAt] = [
    anchors.map(anchor => anchor.at.getTime() / 1_000),
    anchors.map(anchor => anchor.quotedAt.getTime() / 1_000),
  ];
  const prices = anchors.map(({ priceUsd }) => priceUsd);
  await db.query(sql.unsafe`
    INSERT INTO anchor_prices (crypto_id, timestamp, price, quoted_at)
    SELECT crypto_id, to_timestamp(at), price, to_timestamp(quoted_at)
    FROM unnest(
      ${ids(anchors)}, ${sql.array(at, "float8")}, ${sql.array(prices, "float8")}, ${sql.array(quotedAt, "float8")}
    ) AS anchor (crypto_id, at, price, quoted_at)
    ON CONFLICT (crypto_id, timestamp) DO NOTHING
  `);
}

type Quote = { readonly cryptoId: number; readonly observedAt: Date };
/** A window of one coin. */
type CoinWindow = Quote & AnchorWindow;

/** By coin, the hours of the windows that no observed price is near the start of, before each coin's observation. */
export async function readUnobservedWindows(
  db: Queryable,
  quotes: readonly Quote[],
  windows: readonly AnchorWindow[],
): Promise<ReadonlyMap<number, ReadonlySet<number>>> {
  if (quotes.length === 0) return new Map();
  const listedAt = Math.max(...quotes.map(({ observedAt }) => observedAt.getTime()));
  const isListed = ({ observedAt }: Quote) => observedAt.getTime() === listedAt;
  const missing = await withoutPriceAround(db, quotes.filter(isListed), listedAt, windows);
  const all = new Set(windows.map(({ hours }) => hours));
  const doubtful = quotes.flatMap((quote): readonly CoinWindow[] => {
    const hours = isListed(quote) ? missing.get(quote.cryptoId) : all;
    return hours
      ? windows.filter(window => hours.has(window.hours)).map(window => ({ ...quote, ...window }))
      : [];
  });
  return hoursByCoin(await withoutPriceNear(db, doubtful));
}

const MissingPrice = z.object({ crypto_id: z.number(), hours: z.number() });
type MissingPrice = z.infer<typeof MissingPrice>;

function hoursByCoin(missing: readonly MissingPrice[]): ReadonlyMap<number, ReadonlySet<number>> {
  const byCoin = new Map<number, Set<number>>();
  for (const { crypto_id, hours } of missing) {
    const known = byCoin.get(crypto_id) ?? new Set();
    byCoin.set(crypto_id, known.add(hours));
  }
  return byCoin;
}

const hourMs = 3_600_000;
/** Listings and past prices by the hour have a price this near. */
const usualMs = hourMs / 2;

/**
 * By coin of one listing, the hours of the windows whose start has no price within half an hour: all coins' prices of
 * that time are read at once.
 */
async function withoutPriceAround(
  db: Queryable,
  quotes: readonly Quote[],
  listedAt: number,
  windows: readonly AnchorWindow[],
): Promise<ReadonlyMap<number, ReadonlySet<number>>> {
  const missing = windows.map(({ hours, toleranceMs }) => {
    const at = listedAt - hours * hourMs;
    const nearMs = Math.min(usualMs, toleranceMs);
    const [from, to] = [new Date(at - nearMs).toISOString(), new Date(at + nearMs).toISOString()];
    return sql.fragment`
      SELECT id AS crypto_id, ${hours}::int AS hours FROM quoted
      WHERE NOT EXISTS (SELECT FROM price_data WHERE crypto_id = quoted.id AND timestamp BETWEEN ${from} AND ${to})
    `;
  });
  return hoursByCoin(
    await db.any(sql.type(MissingPrice)`
      WITH quoted AS MATERIALIZED (SELECT id FROM unnest(${ids(quotes)}) AS quoted (id))
      ${sql.join(missing, sql.fragment` UNION ALL `)}
    `),
  );
}

/**
 * The windows without a price within their tolerance, each looked up by itself and all of its few prices counted: a
 * join would read all prices that there are, and so would a search for the first one of a coin that has none.
 */
async function withoutPriceNear(
  db: Queryable,
  windows: readonly CoinWindow[],
): Promise<readonly MissingPrice[]> {
  if (windows.length === 0) return [];
  const seconds = windows.map(({ observedAt }) => observedAt.getTime() / 1_000);
  const hours = windows.map(window => window.hours);
  const tolerance = windows.map(({ toleranceMs }) => toleranceMs / hourMs);
  return await db.any(sql.type(MissingPrice)`
    SELECT crypto_id, hours
    FROM unnest(
      ${ids(windows)}, ${sql.array(seconds, "float8")}, ${sql.array(hours, "float8")}, ${sql.array(tolerance, "float8")}
    ) AS doubtful (crypto_id, seconds, hours, tolerance)
    WHERE (
      SELECT count(*) FROM price_data observed
      WHERE observed.crypto_id = doubtful.crypto_id AND observed.timestamp < to_timestamp(seconds)
        AND observed.timestamp >= to_timestamp(seconds - 3600 * (hours + tolerance))
        AND observed.timestamp <= to_timestamp(seconds - 3600 * (hours - tolerance))
    ) = 0
  `);
}

function ids(quotes: readonly Pick<Quote, "cryptoId">[]) {
  return sql.array(
    quotes.map(({ cryptoId }) => cryptoId),
    "int8",
  );
}

/** Deletes the anchor prices that were quoted before a time; gives how many. */
export async function deleteAnchorPrices(db: Queryable, before: Date): Promise<number> {
  const deleted = await db.query(
    sql.unsafe`DELETE FROM anchor_prices WHERE quoted_at < ${before.toISOString()}`,
  );
  return deleted.rowCount;
}
