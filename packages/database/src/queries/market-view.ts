import { CoinKind, MarketSource, Timeframe, TrendType } from "@vibe-charting/contracts";
import { type FragmentSqlToken, sql } from "slonik";
import { z } from "zod";
import type { Queryable } from "../connect.ts";
import type { TrendRow } from "./trends.ts";

/** A coin as a listing has it. */
export type ListedCoinRow = {
  readonly cryptoId: number;
  readonly cmcId: number;
  readonly symbol: string;
  readonly name: string;
  readonly kind: CoinKind;
  readonly rank: number | null;
  readonly observedAt: Date;
  readonly priceUsd: number;
  readonly volume24hUsd: number | null;
  readonly marketCapUsd: number | null;
};

export type MarketRow = ListedCoinRow & {
  /** The price at the window's start; null where none is known near it. */
  readonly startPriceUsd: number | null;
  /** Whether that price was not observed, but follows from the provider's own change. */
  readonly isStartQuoted: boolean;
};

const MarketRowSchema = z.object({
  crypto_id: z.number(),
  cmc_id: z.number(),
  symbol: z.string(),
  name: z.string(),
  kind: CoinKind,
  rank: z.number().nullable(),
  timestamp: z.date(),
  price: z.number(),
  volume_24h: z.number().nullable(),
  market_cap: z.number().nullable(),
  start_price: z.number().nullable(),
  is_start_quoted: z.boolean(),
});
const PageRow = MarketRowSchema.omit({ start_price: true, is_start_quoted: true });

/** The coins of a listing, or, before the first one, the known coins at their last past price up to a time. */
export type MarketMoment =
  | { readonly kind: "listing"; readonly at: Date }
  | { readonly kind: "past_prices"; readonly at: Date };

/**
 * The coins of a moment with the price that each had at a window's start: the observation nearest to it, at most
 * `toleranceMs` away, or where there is none, what the provider's own changes tell of it. Best rank first. `cryptoIds` restricts the view to those coins.
 */
export async function readMarketView(
  db: Queryable,
  view: {
    readonly moment: MarketMoment;
    readonly windowStart: Date;
    readonly toleranceMs: number;
    readonly cryptoIds?: readonly number[] | undefined;
  },
): Promise<readonly MarketRow[]> {
  const start = sql.fragment`${view.windowStart.toISOString()}::timestamptz`;
  const earliest = new Date(view.windowStart.getTime() - view.toleranceMs).toISOString();
  const latest = new Date(view.windowStart.getTime() + view.toleranceMs).toISOString();
  // The last price before the start and the first one after it: two look-ups in the index for each coin.
  const rows = await db.any(sql.type(MarketRowSchema)`
    SELECT listed.crypto_id, cmc_id, symbol, name, kind, listed.rank, listed.timestamp, listed.price,
      listed.volume_24h, listed.market_cap, coalesce(start.price, anchor.price) AS start_price,
      start.price IS NULL AND anchor.price IS NOT NULL AS is_start_quoted
    FROM (${listedAt(view.moment)}) listed
    JOIN cryptocurrencies coin ON coin.id = listed.crypto_id
    LEFT JOIN LATERAL (
      SELECT price FROM (
        (
          SELECT price, timestamp FROM price_data
          WHERE crypto_id = listed.crypto_id AND timestamp BETWEEN ${earliest}::timestamptz AND ${start}
            AND timestamp < listed.timestamp
          ORDER BY timestamp DESC LIMIT 1
        )
        UNION ALL
        (
          SELECT price, timestamp FROM price_data
          WHERE crypto_id = listed.crypto_id AND timestamp > ${start} AND timestamp <= ${latest}::timestamptz
            AND timestamp < listed.timestamp
          ORDER BY timestamp LIMIT 1
        )
      ) near
      ORDER BY abs(extract(epoch FROM timestamp - ${start})), timestamp LIMIT 1
    ) start ON true
    LEFT JOIN LATERAL (
      SELECT price FROM anchor_prices
      WHERE start.price IS NULL AND crypto_id = listed.crypto_id AND quoted_at <= listed.timestamp
        AND timestamp BETWEEN ${earliest}::timestamptz AND ${latest}::timestamptz
      ORDER BY abs(extract(epoch FROM timestamp - ${start})), timestamp LIMIT 1
    ) anchor ON true
    WHERE ${ofCoins(sql.fragment`listed.crypto_id`, view.cryptoIds)}
    ORDER BY listed.rank NULLS LAST, cmc_id
  `);
  return rows.map(row => ({
    ...toListedRow(row),
    startPriceUsd: row.start_price,
    isStartQuoted: row.is_start_quoted,
  }));
}

/** A past price stands for a moment up to this long: daily histories have one a day. */
const oldestPastPrice = sql.fragment`interval '36 hours'`;

function listedAt({ kind, at }: MarketMoment): FragmentSqlToken {
  if (kind === "listing") {
    return sql.fragment`
      SELECT crypto_id, rank, timestamp, price, volume_24h, market_cap FROM price_data
      WHERE snapshot_at = ${at.toISOString()}
    `;
  }
  return sql.fragment`
    SELECT known.id AS crypto_id, known.rank, last.timestamp, last.price, last.volume_24h, last.market_cap
    FROM cryptocurrencies known
    CROSS JOIN LATERAL (
      SELECT timestamp, price, volume_24h, market_cap FROM price_data
      WHERE crypto_id = known.id
        AND timestamp <= ${at.toISOString()} AND timestamp > ${at.toISOString()}::timestamptz - ${oldestPastPrice}
      ORDER BY timestamp DESC LIMIT 1
    ) last
  `;
}

const PastMoment = z.object({ observed_at: z.date(), source: MarketSource });

/** The newest hour of past prices at a time or before; null where none are kept. */
export async function findPastMoment(
  db: Queryable,
  asOf: Date,
): Promise<{ observedAt: Date; source: MarketSource } | null> {
  const row = await db.maybeOne(sql.type(PastMoment)`
    SELECT observed_at, source FROM market_snapshots
    WHERE origin = 'backfill' AND observed_at <= ${asOf.toISOString()}
    ORDER BY observed_at DESC LIMIT 1
  `);
  return row && { observedAt: row.observed_at, source: row.source };
}

function toListedRow(row: z.infer<typeof PageRow>): ListedCoinRow {
  return {
    cryptoId: row.crypto_id,
    cmcId: row.cmc_id,
    symbol: row.symbol,
    name: row.name,
    kind: row.kind,
    rank: row.rank,
    observedAt: row.timestamp,
    priceUsd: row.price,
    volume24hUsd: row.volume_24h,
    marketCapUsd: row.market_cap,
  };
}

function ofCoins(column: FragmentSqlToken, cryptoIds: readonly number[] | undefined): FragmentSqlToken {
  return cryptoIds
    ? sql.fragment`${column} = ANY (${sql.array([...cryptoIds], "int8")})`
    : sql.fragment`true`;
}

const ReadTrend = z.object({
  crypto_id: z.number(),
  timeframe: Timeframe,
  trend_type: TrendType.nullable(),
  confidence: z.number(),
  change_pct: z.number().nullable(),
  volatility: z.number().nullable(),
  enough_data: z.boolean(),
  notes: z.array(z.string()),
  as_of: z.date(),
});
/** A coin's trend over one timeframe, and the price that it was read up to. */
export type ReadTrend = TrendRow & { readonly cryptoId: number; readonly asOf: Date };

/** The newest trends of some timeframes, of all coins or of those with the given ids. */
export async function readTrendsOfTimeframes(
  db: Queryable,
  timeframes: readonly Timeframe[],
  cryptoIds?: readonly number[],
): Promise<readonly ReadTrend[]> {
  if (cryptoIds?.length === 0) return [];
  const rows = await db.any(sql.type(ReadTrend)`
    SELECT crypto_id, timeframe, trend_type, confidence, change_pct, volatility, enough_data, notes, as_of
    FROM trend_analysis
    WHERE timeframe = ANY (${sql.array([...timeframes], "timeframe_enum")})
      AND ${ofCoins(sql.fragment`crypto_id`, cryptoIds)}
    ORDER BY crypto_id, timeframe
  `);
  return rows.map(row => ({
    cryptoId: row.crypto_id,
    timeframe: row.timeframe,
    type: row.trend_type,
    confidence: row.confidence,
    changePct: row.change_pct,
    volatility: row.volatility,
    enoughData: row.enough_data,
    notes: row.notes,
    asOf: row.as_of,
  }));
}

const SymbolOwner = z.object({
  id: z.number(),
  cmc_id: z.number(),
  symbol: z.string(),
  name: z.string(),
});

/** Every coin that bears one of the symbols, listed now or not, best rank first. */
export async function findCoinsBySymbols(
  db: Queryable,
  symbols: readonly string[],
): Promise<readonly { cryptoId: number; cmcId: number; symbol: string; name: string }[]> {
  const rows = await db.any(sql.type(SymbolOwner)`
    SELECT id, cmc_id, symbol, name FROM cryptocurrencies
    WHERE upper(symbol) = ANY (${sql.array(
      symbols.map(symbol => symbol.toUpperCase()),
      "text",
    )})
    ORDER BY rank NULLS LAST, cmc_id
  `);
  return rows.map(({ id, cmc_id, ...row }) => ({ ...row, cryptoId: id, cmcId: cmc_id }));
}

const DataMarks = z.object({
  newest_coin: z.number().nullable(),
  renamed_at: z.date().nullable(),
  newest_run: z.number().nullable(),
  newest_end: z.date().nullable(),
  newest_prices: z.date().nullable(),
  newest_history: z.date().nullable(),
});

export type DataMarks = {
  /** Changes when a coin is added or renamed. */
  readonly coins: string;
  /** Changes after each ingestion and backfill. */
  readonly prices: string;
  /** Changes after each backfill: a listing adds to the past, and changes none of it. */
  readonly past: string;
  /** Changes after each run that brings data in: ingestion, backfill and batch of analyses. */
  readonly runs: string;
};

/** Runs, the latest first, among which the one that ended last is looked for: more than ever run at once. */
const recentRuns = 50;

/** Marks by which to tell whether data that was read before is still the same. */
export async function readDataMarks(db: Queryable): Promise<DataMarks> {
  const newestEnd = (type: "data_ingestion" | "backfill") => sql.fragment`(
    SELECT max(completed_at) FROM (
      SELECT completed_at FROM analysis_runs WHERE run_type = ${type} ORDER BY started_at DESC LIMIT ${recentRuns}
    ) recent
  )`;
  const row = await db.one(sql.type(DataMarks)`
    SELECT (SELECT max(id) FROM cryptocurrencies) AS newest_coin,
      (SELECT max(renamed_at) FROM cryptocurrencies) AS renamed_at,
      newest_run, newest_end, greatest(newest_ingestion, newest_history) AS newest_prices, newest_history
    FROM (
      SELECT ${newestEnd("data_ingestion")} AS newest_ingestion, ${newestEnd("backfill")} AS newest_history
    ) newest, (
      SELECT max(id) AS newest_run, max(completed_at) AS newest_end
      FROM (SELECT id, completed_at FROM analysis_runs ORDER BY id DESC LIMIT ${recentRuns}) recent
    ) run
  `);
  return {
    coins: `${row.newest_coin ?? 0}:${row.renamed_at?.getTime() ?? 0}`,
    prices: String(row.newest_prices?.getTime() ?? 0),
    past: String(row.newest_history?.getTime() ?? 0),
    runs: `${row.newest_run ?? 0}:${row.newest_end?.getTime() ?? 0}`,
  };
}

const ListingFacts = z.object({ coins: z.number(), previous_at: z.date().nullable() });

/** How many coins a listing had, and when the listing before it was taken. */
export async function readListingFacts(
  db: Queryable,
  snapshotAt: Date,
): Promise<{ coins: number; previousAt: Date | null }> {
  const row = await db.one(sql.type(ListingFacts)`
    SELECT coins, (
      SELECT max(observed_at) FROM market_snapshots
      WHERE origin = 'listing' AND observed_at < ${snapshotAt.toISOString()}
    ) AS previous_at
    FROM market_snapshots WHERE observed_at = ${snapshotAt.toISOString()}
  `);
  return { coins: row.coins, previousAt: row.previous_at };
}

/** A page of a listing's coins, best rank first, after the coin that `after` names. */
export async function listListedCoins(
  db: Queryable,
  snapshotAt: Date,
  page: {
    readonly after?: { readonly rank: number; readonly cmcId: number } | undefined;
    readonly limit: number;
  },
): Promise<readonly ListedCoinRow[]> {
  const after = page.after
    ? sql.fragment`(listed.rank, cmc_id) > (${page.after.rank}, ${page.after.cmcId})`
    : sql.fragment`true`;
  const rows = await db.any(sql.type(PageRow)`
    SELECT listed.crypto_id, cmc_id, symbol, name, kind, listed.rank, listed.timestamp, listed.price,
      listed.volume_24h, listed.market_cap
    FROM (
      -- Only the coins of the page are joined, and those that share its first or its last rank.
      (
        SELECT * FROM price_data
        WHERE snapshot_at = ${snapshotAt.toISOString()} AND rank > ${page.after?.rank ?? 0}
        ORDER BY rank FETCH FIRST ${page.limit} ROWS WITH TIES
      )
      UNION ALL
      SELECT * FROM price_data
      WHERE snapshot_at = ${snapshotAt.toISOString()} AND rank = ${page.after?.rank ?? 0}
    ) listed
    JOIN cryptocurrencies coin ON coin.id = listed.crypto_id
    WHERE ${after}
    ORDER BY listed.rank, cmc_id LIMIT ${page.limit}
  `);
  return rows.map(toListedRow);
}
