import type { Client } from "pg";
import { progressBar } from "../../stage/progress-bar.ts";
import { benchCoin, benchCoins } from "../bench-market.ts";

const dayMs = 24 * 3_600_000;

/**
 * Makes a market of `coins` coins out of the 50 that the pipeline has taken in and analysed: each further coin gets
 * the rows of one of them, as if it had been ingested hour by hour and analysed. The past becomes listings.
 */
export async function multiplyMarket(owner: Client, coins: number): Promise<{ priceRows: number }> {
  await owner.query("BEGIN");
  await addCopies(owner, coins);
  // The copies refer to what is there: neither foreign keys nor triggers need a second look at 21 million rows.
  await owner.query("SET LOCAL session_replication_role = replica");
  const restoreIndexes = await dropPriceIndexes(owner);
  await owner.query(`
    UPDATE price_data SET snapshot_at = timestamp, rank = coin.rank
    FROM cryptocurrencies coin WHERE coin.id = crypto_id
  `);
  await copyPrices(owner);
  await restoreIndexes();
  await owner.query("UPDATE market_snapshots SET origin = 'listing', coins = $1", [coins]);
  for (const statement of copiedTables) await owner.query(statement);
  await owner.query("COMMIT");
  await owner.query("VACUUM (ANALYZE)");
  const { rows } = await owner.query<{ count: string }>("SELECT count(*) FROM price_data");
  return { priceRows: Number(rows[0]?.count) };
}

/** The coins themselves, and in a temporary table which one is a copy of which. */
async function addCopies(owner: Client, coins: number): Promise<void> {
  const copies = Array.from({ length: coins - benchCoins }, (_, index) => index + benchCoins);
  const names = copies.map(benchCoin);
  await owner.query(
    `WITH given AS (
       SELECT * FROM unnest($1::int[], $2::text[], $3::text[], $4::text[]) AS given (rank, symbol, name, slug)
     )
     INSERT INTO cryptocurrencies (cmc_id, symbol, name, slug, kind, rank)
     SELECT rank, symbol, name, slug, 'native', rank FROM given ORDER BY rank`,
    [
      copies.map(coin => coin + 1),
      names.map(({ symbol }) => symbol),
      names.map(({ name }) => name),
      names.map(({ slug }) => slug),
    ],
  );
  await owner.query(
    `CREATE TEMPORARY TABLE copies ON COMMIT DROP AS
     SELECT copy.id, copy.cmc_id, copy.rank, pattern.id AS pattern_id, pattern.cmc_id AS pattern_cmc_id, share
     FROM unnest($1::int[], $2::int[], $3::float8[]) AS given (rank, pattern_rank, share)
     JOIN cryptocurrencies copy ON copy.cmc_id = given.rank
     JOIN cryptocurrencies pattern ON pattern.cmc_id = pattern_rank`,
    [
      copies.map(coin => coin + 1),
      copies.map(coin => (coin % benchCoins) + 1),
      names.map(({ shareOfPattern }) => shareOfPattern),
    ],
  );
}

/** Indexes over millions of rows are built faster than they are kept up; the definitions stay the migrations'. */
async function dropPriceIndexes(owner: Client): Promise<() => Promise<void>> {
  const { rows: indexes } = await owner.query<{ indexname: string; indexdef: string }>(`
    SELECT indexname, replace(indexdef, ' ON ONLY ', ' ON ') AS indexdef FROM pg_indexes
    WHERE tablename = 'price_data' AND indexname <> 'price_data_pkey'
  `);
  const { rows: keys } = await owner.query<{ definition: string }>(`
    SELECT pg_get_constraintdef(oid) AS definition FROM pg_constraint
    WHERE conname = 'price_data_pkey'
  `);
  for (const { indexname } of indexes) await owner.query(`DROP INDEX ${indexname}`);
  await owner.query("ALTER TABLE price_data DROP CONSTRAINT price_data_pkey");
  return async () => {
    await owner.query("SET LOCAL maintenance_work_mem = '1GB'");
    await owner.query(`ALTER TABLE price_data ADD CONSTRAINT price_data_pkey ${keys[0]?.definition}`);
    for (const { indexdef } of indexes) await owner.query(indexdef);
  };
}

/** Day by day and in the order of the listings, so that the rows lie on the disk as the ingestion lays them. */
async function copyPrices(owner: Client): Promise<void> {
  const { rows } = await owner.query<{ first: Date; last: Date }>(
    "SELECT min(timestamp) AS first, max(timestamp) AS last FROM price_data",
  );
  const { first, last } = rows[0] ?? { first: new Date(0), last: new Date(0) };
  const bar = progressBar("prices");
  for (let from = first.getTime(); from <= last.getTime(); from += dayMs) {
    await owner.query(
      `INSERT INTO price_data (crypto_id, timestamp, price, volume_24h, market_cap, rank, snapshot_at)
       SELECT copies.id, timestamp, price, volume_24h, market_cap * share, copies.rank, snapshot_at
       FROM price_data JOIN copies ON copies.pattern_id = crypto_id
       WHERE timestamp >= $1 AND timestamp < $2
       ORDER BY timestamp, copies.rank`,
      [new Date(from), new Date(from + dayMs)],
    );
    bar.update((from + dayMs - first.getTime()) / (last.getTime() - first.getTime()), "");
  }
  bar.end();
}

/** What the analysis wrote of the 50 coins, for each copy. An episode's id holds the id of its coin. */
const copiedTables = [
  `INSERT INTO trend_analysis
     (crypto_id, timeframe, trend_type, confidence, change_pct, volatility, enough_data, notes, as_of, engine_version)
   SELECT copies.id, timeframe, trend_type, confidence, change_pct, volatility, enough_data, notes, as_of, engine_version
   FROM trend_analysis JOIN copies ON copies.pattern_id = crypto_id`,
  `INSERT INTO detector_states (crypto_id, as_of, state)
   SELECT copies.id, as_of, state FROM detector_states JOIN copies ON copies.pattern_id = crypto_id`,
  `INSERT INTO signal_events
     (crypto_id, episode_id, signal_type, state, previous_state, confidence, opened_at, detected_at, price,
      detector_version, evidence, alerted, superseded_at)
   SELECT copies.id, replace(episode_id, ':' || pattern_cmc_id || ':', ':' || copies.cmc_id || ':'), signal_type, state,
     previous_state, confidence, opened_at, detected_at, price, detector_version, evidence, alerted, superseded_at
   FROM signal_events JOIN copies ON copies.pattern_id = crypto_id ORDER BY detected_at, signal_events.id`,
  `INSERT INTO signal_outcomes
     (episode_id, crypto_id, signal_type, detected_at, change_pct_1d, change_pct_3d, change_pct_7d, change_pct_30d)
   SELECT replace(episode_id, ':' || pattern_cmc_id || ':', ':' || copies.cmc_id || ':'), copies.id, signal_type,
     detected_at, change_pct_1d, change_pct_3d, change_pct_7d, change_pct_30d
   FROM signal_outcomes JOIN copies ON copies.pattern_id = crypto_id`,
] as const;
