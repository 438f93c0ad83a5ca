import type { Client } from "pg";

const hourMs = 3_600_000;

/**
 * Adds the listing of the next hour as an ingestion leaves it: the prices of the listing before, a little moved.
 * Nothing of it is analysed yet. Gives its time.
 */
export async function addListing(owner: Client): Promise<Date> {
  const { rows } = await owner.query<{ at: Date }>("SELECT max(observed_at) AS at FROM market_snapshots");
  const before = rows[0]?.at ?? new Date(0);
  const at = new Date(before.getTime() + hourMs);
  await owner.query("SELECT ensure_price_partitions($1, $1)", [at]);
  await owner.query("BEGIN");
  await owner.query(
    `INSERT INTO price_data (crypto_id, timestamp, price, volume_24h, market_cap, rank, snapshot_at)
     SELECT crypto_id, $1, price * (1 + 0.01 * sin(rank + extract(epoch FROM $1::timestamptz)::float8)), volume_24h,
       market_cap, rank, $1
     FROM price_data WHERE snapshot_at = $2 ORDER BY rank`,
    [at, before],
  );
  await owner.query(
    `INSERT INTO market_snapshots (observed_at, source, origin, coins)
     SELECT $1, source, origin, coins FROM market_snapshots WHERE observed_at = $2`,
    [at, before],
  );
  await owner.query("INSERT INTO analysis_runs (run_type, completed_at) VALUES ('data_ingestion', now())");
  await owner.query("COMMIT");
  return at;
}

/** Leaves a listing as the analysis does: every trend is of its time, and every fiftieth coin has a new signal. */
export async function analyzeListing(owner: Client, at: Date): Promise<void> {
  await owner.query("BEGIN");
  await owner.query("UPDATE trend_analysis SET as_of = $1", [at]);
  await owner.query(
    `INSERT INTO signal_events
       (crypto_id, episode_id, signal_type, state, confidence, opened_at, detected_at, price, detector_version,
        evidence, alerted)
     SELECT crypto_id, 'pump_and_dump:' || cmc_id || ':' || $1::timestamptz, 'pump_and_dump', 'confirmed', 0.9, $1::timestamptz, $1::timestamptz, price, 'bench',
       coalesce((SELECT evidence FROM signal_events LIMIT 1), '{"conditions":[],"points":[],"levels":{},"notes":[]}'),
       true
     FROM price_data JOIN cryptocurrencies coin ON coin.id = crypto_id
     WHERE snapshot_at = $1::timestamptz AND cmc_id % 50 = extract(hour FROM $1::timestamptz)::int`,
    [at],
  );
  await owner.query("INSERT INTO analysis_runs (run_type, completed_at) VALUES ('trend_analysis', now())");
  await owner.query("COMMIT");
}
