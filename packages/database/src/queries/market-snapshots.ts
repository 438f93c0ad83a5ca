import { MarketSource } from "@vibe-charting/contracts";
import { type FragmentSqlToken, sql } from "slonik";
import { z } from "zod";
import type { Queryable } from "../connect.ts";

const SnapshotRow = z.object({ observed_at: z.date(), source: MarketSource });

/** The newest listing taken in, at `asOf` or before where that is given; null before the first one. */
export async function findNewestListing(
  db: Queryable,
  asOf?: Date,
): Promise<{ observedAt: Date; source: MarketSource } | null> {
  const row = await db.maybeOne(sql.type(SnapshotRow)`
    SELECT observed_at, source FROM market_snapshots
    WHERE origin = 'listing' AND observed_at <= ${asOf?.toISOString() ?? "infinity"}
    ORDER BY observed_at DESC LIMIT 1
  `);
  return row && { observedAt: row.observed_at, source: row.source };
}

/** The kind of market that the database holds; null while it is empty. */
export async function findMarketSource(db: Queryable): Promise<MarketSource | null> {
  return await db.maybeOneFirst(sql.type(z.object({ source: MarketSource }))`
    SELECT source FROM market_snapshots ORDER BY observed_at DESC LIMIT 1
  `);
}

/** Waits until no other listing is taken in, and keeps others out until this transaction ends. */
export async function lockListings(db: Queryable): Promise<void> {
  await db.query(sql.unsafe`SELECT pg_advisory_xact_lock(hashtext('listings'))`);
}

/** How far a coin's previous price may lie back to count for what the market did since. */
const longestStep = sql.fragment`interval '3 days'`;
/** Daily listings are not taken to the second. */
const almostADay = sql.fragment`interval '23 hours'`;

/**
 * Records a listing and what the market did since each coin's previous price. The prices must be in the database;
 * a listing that was recorded already stays as it is, and takes the place of a past hour's record.
 */
export async function recordListing(
  db: Queryable,
  observedAt: Date,
  source: MarketSource,
  coins: number,
): Promise<void> {
  const at = sql.fragment`${observedAt.toISOString()}::timestamptz`;
  await db.query(sql.unsafe`
    WITH listed AS MATERIALIZED (
      SELECT crypto_id, timestamp, price, volume_24h
      FROM price_data JOIN cryptocurrencies ON cryptocurrencies.id = crypto_id AND kind = 'native'
      WHERE snapshot_at = ${at}
    ),
    before AS (${previousPrices(at, justBefore)}),
    day_before AS (${previousPrices(at, almostADay)})
    INSERT INTO market_snapshots
      (observed_at, source, origin, coins, median_log_return, median_log_volume_change, breadth)
    SELECT ${at}, ${source}, 'listing', ${coins},
      percentile_cont(0.5) WITHIN GROUP (ORDER BY ln(listed.price) - ln(before.price)),
      percentile_cont(0.5) WITHIN GROUP (ORDER BY ln(listed.volume_24h) - ln(before.volume_24h))
        FILTER (WHERE listed.volume_24h > 0 AND before.volume_24h > 0),
      avg((listed.price > coalesce(day_before.price, before.price))::int)
    FROM listed JOIN before USING (crypto_id) LEFT JOIN day_before USING (crypto_id)
    ON CONFLICT (observed_at) DO UPDATE SET
      source = excluded.source, origin = excluded.origin, coins = excluded.coins,
      median_log_return = excluded.median_log_return,
      median_log_volume_change = excluded.median_log_volume_change, breadth = excluded.breadth
    WHERE market_snapshots.origin = 'backfill'
  `);
}

/** The smallest step of time that PostgreSQL knows. */
const justBefore = sql.fragment`interval '1 microsecond'`;

/**
 * Of each coin `listed` at a time, the newest price that lies `lag` or more before its own. Most have theirs in the
 * listing before, which is read at once with what came since. The others are looked up, each by itself and all of its
 * few prices: a search for the last one would read those of all coins, where a coin has none.
 */
function previousPrices(at: FragmentSqlToken, lag: FragmentSqlToken): FragmentSqlToken {
  return sql.fragment`
    WITH near AS MATERIALIZED (
      SELECT DISTINCT ON (crypto_id) crypto_id, price, volume_24h FROM price_data
      WHERE timestamp <= ${at} - ${lag} AND timestamp >= (
        SELECT max(observed_at) FROM market_snapshots
        WHERE observed_at <= ${at} - ${lag} AND observed_at >= ${at} - ${longestStep}
      )
      ORDER BY crypto_id, timestamp DESC
    )
    SELECT near.crypto_id, near.price, near.volume_24h
    FROM listed JOIN near ON near.crypto_id = listed.crypto_id AND listed.timestamp = ${at}
    UNION ALL
    SELECT listed.crypto_id, own.price, own.volume_24h
    FROM listed LEFT JOIN near ON near.crypto_id = listed.crypto_id AND listed.timestamp = ${at}
    CROSS JOIN LATERAL (
      SELECT (array_agg(price ORDER BY timestamp DESC))[1] AS price,
        (array_agg(volume_24h ORDER BY timestamp DESC))[1] AS volume_24h
      FROM price_data
      WHERE crypto_id = listed.crypto_id
        AND timestamp <= listed.timestamp - ${lag} AND timestamp >= listed.timestamp - ${longestStep}
      HAVING count(*) > 0
    ) own
    WHERE near.crypto_id IS NULL
  `;
}

/** So long a stretch of 10,000 coins' prices by the hour is worked out in seconds; of a whole past, in minutes. */
const stretchMs = 3 * 24 * 60 * 60 * 1_000;
const hourMs = 60 * 60 * 1_000;

/**
 * Works out what the market did in each hour of a stretch of past prices, from all coins that are stored by now: an
 * hour that was worked out before is worked out again, a listing's record stays.
 */
export async function recordPastSnapshots(
  db: Queryable,
  source: MarketSource,
  from: Date,
  to: Date,
): Promise<void> {
  const firstHour = Math.floor(from.getTime() / hourMs) * hourMs;
  for (let start = firstHour; start <= to.getTime(); start += stretchMs) {
    // Up to the hour before the next stretch begins.
    const end = Math.min(start + stretchMs - hourMs, to.getTime());
    await recordPastStretch(db, source, new Date(start), new Date(end));
  }
}

async function recordPastStretch(db: Queryable, source: MarketSource, from: Date, to: Date): Promise<void> {
  // Prices of before and after the stretch count too: a record of its first hour would otherwise lose what led there.
  await db.query(sql.unsafe`
    INSERT INTO market_snapshots
      (observed_at, source, origin, coins, median_log_return, median_log_volume_change, breadth)
    SELECT hour, ${source}, 'backfill', count(*),
      percentile_cont(0.5) WITHIN GROUP (ORDER BY log_return),
      percentile_cont(0.5) WITHIN GROUP (ORDER BY log_volume_change),
      avg((log_return_of_day > 0)::int) FILTER (WHERE log_return IS NOT NULL)
    FROM (
      SELECT date_trunc('hour', timestamp, 'UTC') AS hour,
        ln(price) - ln(lag(price) OVER coin) AS log_return,
        ln(price) - ln(first_value(price) OVER day) AS log_return_of_day,
        ln(nullif(volume_24h, 0)) - ln(nullif(lag(volume_24h) OVER coin, 0)) AS log_volume_change
      FROM price_data JOIN cryptocurrencies ON cryptocurrencies.id = crypto_id AND kind = 'native'
      WHERE timestamp >= ${from.toISOString()}::timestamptz - ${longestStep}
        AND timestamp < date_trunc('hour', ${to.toISOString()}::timestamptz, 'UTC') + interval '1 hour'
      WINDOW coin AS (PARTITION BY crypto_id ORDER BY timestamp),
        day AS (PARTITION BY crypto_id ORDER BY timestamp RANGE interval '24 hours' PRECEDING)
    ) steps
    WHERE hour >= date_trunc('hour', ${from.toISOString()}::timestamptz, 'UTC')
    GROUP BY hour
    ON CONFLICT (observed_at) DO UPDATE SET
      coins = excluded.coins, median_log_return = excluded.median_log_return,
      median_log_volume_change = excluded.median_log_volume_change, breadth = excluded.breadth
    WHERE market_snapshots.origin = 'backfill'
  `);
}

export type MarketSeries = {
  /** Milliseconds since the epoch, ascending; the other arrays run along it. */
  readonly at: readonly number[];
  readonly medianLogReturn: readonly (number | null)[];
  readonly medianLogVolumeChange: readonly (number | null)[];
  readonly breadth: readonly (number | null)[];
};

/** What the market did after `after` and up to and including `upTo`. */
export async function readMarketSeries(db: Queryable, after: Date, upTo: Date): Promise<MarketSeries> {
  const row = await db.one(sql.type(MarketSeriesRow)`
    SELECT
      coalesce(array_agg((extract(epoch FROM observed_at) * 1000)::float8 ORDER BY observed_at), '{}') AS at,
      coalesce(array_agg(median_log_return ORDER BY observed_at), '{}') AS median_log_return,
      coalesce(array_agg(median_log_volume_change ORDER BY observed_at), '{}') AS median_log_volume_change,
      coalesce(array_agg(breadth ORDER BY observed_at), '{}') AS breadth
    FROM market_snapshots
    WHERE observed_at > ${after.toISOString()} AND observed_at <= ${upTo.toISOString()}
  `);
  return {
    at: row.at,
    medianLogReturn: row.median_log_return,
    medianLogVolumeChange: row.median_log_volume_change,
    breadth: row.breadth,
  };
}

const MarketSeriesRow = z.object({
  at: z.array(z.number()),
  median_log_return: z.array(z.number().nullable()),
  median_log_volume_change: z.array(z.number().nullable()),
  breadth: z.array(z.number().nullable()),
});
