-- How past signals turned out, and moves of the market as a whole.

-- What became of each confirmed signal: the change of the price after 1, 3, 7 and 30 days, per cent.
CREATE TABLE signal_outcomes (
  episode_id text PRIMARY KEY,
  crypto_id bigint NOT NULL REFERENCES cryptocurrencies (id),
  signal_type signal_type_enum NOT NULL,
  detected_at timestamptz NOT NULL,
  change_pct_1d double precision,
  change_pct_3d double precision,
  change_pct_7d double precision,
  change_pct_30d double precision
);
COMMENT ON TABLE signal_outcomes IS 'A change is NULL while its time lies ahead or has no price near it.';

-- The record of each kind of signal beside ordinary days of the same coins: what answers and alerts carry.
CREATE TABLE signal_records (
  signal_type signal_type_enum PRIMARY KEY,
  record jsonb NOT NULL,
  as_of timestamptz NOT NULL,
  updated_at timestamptz NOT NULL DEFAULT now()
);

-- One row for each change of a market-wide move: most coins rising or falling together.
CREATE TABLE market_moves (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  episode_id text NOT NULL,
  state signal_state_enum NOT NULL,
  direction text NOT NULL CHECK (direction IN ('up', 'down')),
  confidence double precision NOT NULL CHECK (confidence BETWEEN 0 AND 1),
  opened_at timestamptz NOT NULL,
  detected_at timestamptz NOT NULL,
  median_change_pct double precision NOT NULL,
  breadth double precision NOT NULL CHECK (breadth BETWEEN 0 AND 1),
  alerted boolean NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  UNIQUE (episode_id, state)
);
CREATE INDEX market_moves_detected ON market_moves (detected_at DESC);

-- Where the detector of market-wide moves stands; there is one market.
CREATE TABLE market_move_state (
  only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  state jsonb NOT NULL
);

ALTER TYPE run_type_enum ADD VALUE 'track_record';
