-- Prices that the provider's own changes in per cent tell of times from which there is no price of ours: a table of its
-- own, so that nothing that reads observed prices (the detectors, the trends, the charts) can take one for the other.
CREATE TABLE anchor_prices (
  crypto_id bigint NOT NULL REFERENCES cryptocurrencies (id),
  timestamp timestamptz NOT NULL,
  price double precision NOT NULL CHECK (price > 0 AND price < 'infinity'),
  quoted_at timestamptz NOT NULL,
  PRIMARY KEY (crypto_id, timestamp)
);
COMMENT ON COLUMN anchor_prices.timestamp IS 'The time that the price is of, UTC.';
COMMENT ON COLUMN anchor_prices.quoted_at IS 'The observation whose change it was worked out from.';
CREATE INDEX anchor_prices_quoted ON anchor_prices (quoted_at);
