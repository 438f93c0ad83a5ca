import type { Observer, Row } from "./observer.ts";

/** What a run has left in the database, without ids and times of writing: the same for every order of events. */
export type Outcome = Readonly<Record<keyof typeof queries, readonly Row[]>>;

const coin = "JOIN cryptocurrencies coin ON coin.id = crypto_id";
const queries = {
  coins: "SELECT cmc_id, symbol, name, slug, kind, rank FROM cryptocurrencies ORDER BY cmc_id",
  prices: `SELECT cmc_id, timestamp, price, volume_24h, market_cap, price_data.rank, snapshot_at
    FROM price_data ${coin} WHERE snapshot_at IS NOT NULL ORDER BY cmc_id, timestamp`,
  pastPrices: `SELECT count(*)::int, sum(price) FROM price_data WHERE snapshot_at IS NULL`,
  listings: "SELECT * FROM market_snapshots WHERE origin = 'listing' ORDER BY observed_at",
  trends: `SELECT cmc_id, timeframe, trend_type, confidence, change_pct, volatility, enough_data, notes, as_of
    FROM trend_analysis ${coin} ORDER BY cmc_id, timeframe`,
  detectors: `SELECT cmc_id, as_of, state FROM detector_states ${coin} ORDER BY cmc_id`,
  episodes: `SELECT cmc_id, episode_id, signal_type, state, previous_state, confidence, opened_at, detected_at, price,
      detector_version, evidence, alerted
    FROM signal_events ${coin} ORDER BY episode_id, state`,
  marketMoves: `SELECT episode_id, state, direction, confidence, opened_at, detected_at, median_change_pct, breadth,
      alerted
    FROM market_moves ORDER BY episode_id, state`,
  marketMoveState: "SELECT state FROM market_move_state",
  // Catch-up tells again of coins that wait: how many depends on when it runs.
  events: `SELECT topic, event_id, group_id, body, message_text, attributes FROM outbox
    WHERE event_id NOT LIKE '%:catch_up:%' ORDER BY event_id`,
} as const;

export async function readOutcome(observer: Observer): Promise<Outcome> {
  const entries: [string, readonly Row[]][] = [];
  for (const [name, query] of Object.entries(queries)) entries.push([name, await observer.query(query)]);
  // One entry for each query.
  return Object.fromEntries(entries) as Outcome;
}
