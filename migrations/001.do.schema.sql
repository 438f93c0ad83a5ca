-- The tables of Vibe Charting. Migrations are forward only, and each runs in one transaction.

CREATE TYPE trend_type_enum AS ENUM ('uptrend', 'downtrend', 'sideways');
CREATE TYPE signal_type_enum AS ENUM ('pump_and_dump', 'bottomed_out', 'volume_anomaly', 'two_highs_one_low');
CREATE TYPE signal_state_enum AS ENUM ('suspected', 'forming', 'confirmed', 'rejected', 'failed', 'resolved');
CREATE TYPE run_type_enum AS ENUM
  ('data_ingestion', 'trend_analysis', 'cleanup', 'backfill', 'catch_up', 'outbox_drain');
CREATE TYPE coin_kind_enum AS ENUM ('native', 'stable', 'wrapped');
CREATE TYPE market_source_enum AS ENUM ('coinmarketcap', 'demo', 'replay');
CREATE TYPE timeframe_enum AS ENUM ('24h', '7d', '30d', '90d');

-- A coin's identity is its CoinMarketCap id; several coins may bear one symbol.
CREATE TABLE cryptocurrencies (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  cmc_id bigint NOT NULL UNIQUE CHECK (cmc_id > 0),
  symbol text NOT NULL CHECK (symbol <> ''),
  name text NOT NULL,
  slug text NOT NULL,
  kind coin_kind_enum NOT NULL,
  rank integer CHECK (rank > 0),
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
);
COMMENT ON COLUMN cryptocurrencies.rank IS 'Rank in the newest listing; NULL when the coin is not in it.';
CREATE INDEX cryptocurrencies_symbol ON cryptocurrencies (upper(symbol), rank);

-- One row for each listing taken in, with what the market as a whole did since the one before.
CREATE TABLE market_snapshots (
  observed_at timestamptz PRIMARY KEY,
  source market_source_enum NOT NULL,
  origin text NOT NULL CHECK (origin IN ('listing', 'backfill')),
  coins integer NOT NULL,
  median_log_return double precision,
  median_log_volume_change double precision,
  breadth double precision CHECK (breadth BETWEEN 0 AND 1)
);
COMMENT ON COLUMN market_snapshots.breadth IS 'Share of native coins whose price rose since the snapshot before.';

-- Prices in USD, one row for each observation of a coin. Partitioned by month, so that retention drops partitions.
CREATE TABLE price_data (
  id bigint GENERATED ALWAYS AS IDENTITY,
  crypto_id bigint NOT NULL REFERENCES cryptocurrencies (id),
  timestamp timestamptz NOT NULL,
  price double precision NOT NULL CHECK (price > 0 AND price < 'infinity'),
  volume_24h double precision CHECK (volume_24h >= 0 AND volume_24h < 'infinity'),
  market_cap double precision CHECK (market_cap >= 0 AND market_cap < 'infinity'),
  rank integer CHECK (rank > 0),
  snapshot_at timestamptz,
  PRIMARY KEY (crypto_id, timestamp)
) PARTITION BY RANGE (timestamp);
COMMENT ON COLUMN price_data.timestamp IS 'When the provider observed the price, UTC.';
COMMENT ON COLUMN price_data.snapshot_at IS 'The listing that the price came with; NULL for past prices loaded later.';
CREATE INDEX price_data_snapshot ON price_data (snapshot_at) WHERE snapshot_at IS NOT NULL;

-- Creates the monthly partitions between two times. The lock keeps two callers from creating the same one.
CREATE FUNCTION ensure_price_partitions(first timestamptz, last timestamptz) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
  month timestamptz := date_trunc('month', first, 'UTC');
  partition text;
BEGIN
  WHILE month <= last LOOP
    partition := 'price_data_' || to_char(month AT TIME ZONE 'UTC', 'YYYY_MM');
    IF to_regclass(partition) IS NULL THEN
      PERFORM pg_advisory_xact_lock(hashtext('price_data partitions'));
      EXECUTE format(
        'CREATE TABLE IF NOT EXISTS %I PARTITION OF price_data FOR VALUES FROM (%L) TO (%L)',
        partition, month, month + interval '1 month'
      );
    END IF;
    month := month + interval '1 month';
  END LOOP;
END
$$;

-- The newest trend of each coin and timeframe. Older ones follow from price_data, since the engine is a function of it.
CREATE TABLE trend_analysis (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  crypto_id bigint NOT NULL REFERENCES cryptocurrencies (id),
  timeframe timeframe_enum NOT NULL,
  trend_type trend_type_enum,
  confidence double precision NOT NULL CHECK (confidence BETWEEN 0 AND 1),
  change_pct double precision,
  volatility double precision CHECK (volatility >= 0),
  enough_data boolean NOT NULL,
  notes text[] NOT NULL,
  as_of timestamptz NOT NULL,
  engine_version text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  UNIQUE (crypto_id, timeframe),
  CHECK (enough_data = (trend_type IS NOT NULL))
);

-- Where the detectors of a coin stand: a pure function of its prices up to as_of.
CREATE TABLE detector_states (
  crypto_id bigint PRIMARY KEY REFERENCES cryptocurrencies (id),
  as_of timestamptz NOT NULL,
  state jsonb NOT NULL,
  updated_at timestamptz NOT NULL DEFAULT now()
);

-- One row for each change of a signal's state; an episode bears one id through all its states.
CREATE TABLE signal_events (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  crypto_id bigint NOT NULL REFERENCES cryptocurrencies (id),
  episode_id text NOT NULL,
  signal_type signal_type_enum NOT NULL,
  state signal_state_enum NOT NULL,
  previous_state signal_state_enum,
  confidence double precision NOT NULL CHECK (confidence BETWEEN 0 AND 1),
  opened_at timestamptz NOT NULL,
  detected_at timestamptz NOT NULL,
  price double precision NOT NULL CHECK (price > 0),
  detector_version text NOT NULL,
  evidence jsonb NOT NULL,
  alerted boolean NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  UNIQUE (episode_id, state)
);
COMMENT ON COLUMN signal_events.alerted IS 'False for changes found in the past: stale data fires no alert.';
CREATE INDEX signal_events_detected ON signal_events (detected_at DESC, id DESC);
CREATE INDEX signal_events_coin ON signal_events (crypto_id, detected_at DESC);

-- What each run of a function did.
CREATE TABLE analysis_runs (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  run_type run_type_enum NOT NULL,
  records_processed integer NOT NULL DEFAULT 0,
  started_at timestamptz NOT NULL DEFAULT now(),
  completed_at timestamptz,
  details jsonb NOT NULL DEFAULT '{}',
  error text
);
COMMENT ON COLUMN analysis_runs.completed_at IS 'NULL while the run goes on, and for ever when it was killed.';
CREATE INDEX analysis_runs_started ON analysis_runs (run_type, started_at DESC);

CREATE TABLE query_logs (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  query_text text NOT NULL,
  intent_type text NOT NULL,
  intent_confidence double precision NOT NULL,
  result_count integer NOT NULL,
  latency_ms double precision NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX query_logs_created ON query_logs (created_at);

-- Events committed with the state that they tell of, and published after that.
CREATE TABLE outbox (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  topic text NOT NULL,
  event_id text NOT NULL UNIQUE,
  group_id text,
  body jsonb NOT NULL,
  message_text jsonb,
  attributes jsonb NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  leased_until timestamptz,
  attempts integer NOT NULL DEFAULT 0,
  last_error text,
  published_at timestamptz
);
CREATE INDEX outbox_pending ON outbox (topic, id) WHERE published_at IS NULL;
CREATE INDEX outbox_published ON outbox (published_at) WHERE published_at IS NOT NULL;

-- Messages that a consumer has taken in, by the event's id: a second delivery changes nothing.
CREATE TABLE inbox (
  consumer text NOT NULL,
  event_id text NOT NULL,
  received_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (consumer, event_id)
);
CREATE INDEX inbox_received ON inbox (received_at);

-- Messages that can never be processed, with the reason; they are acknowledged so that they block no coin.
CREATE TABLE parked_messages (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  consumer text NOT NULL,
  message_id text NOT NULL,
  reason text NOT NULL,
  body text NOT NULL,
  parked_at timestamptz NOT NULL DEFAULT now(),
  UNIQUE (consumer, message_id)
);
