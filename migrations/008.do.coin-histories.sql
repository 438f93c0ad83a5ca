-- Where each coin's past comes from and which stretch of it was loaded, so that a load that was interrupted goes on.
CREATE TABLE coin_histories (
  crypto_id bigint PRIMARY KEY REFERENCES cryptocurrencies (id),
  coingecko_id text,
  refusal text,
  asked_from timestamptz,
  asked_to timestamptz,
  checked_at timestamptz NOT NULL,
  announced_at timestamptz,
  CHECK ((coingecko_id IS NULL) <> (refusal IS NULL)),
  CHECK ((asked_from IS NULL) = (asked_to IS NULL)),
  CHECK (asked_from IS NULL OR coingecko_id IS NOT NULL)
);
COMMENT ON COLUMN coin_histories.refusal IS 'Why no past prices are taken from CoinGecko; NULL where its coin is known.';
COMMENT ON COLUMN coin_histories.asked_from IS 'The stretch whose prices are stored, up to asked_to; NULL before the first load.';
COMMENT ON COLUMN coin_histories.checked_at IS 'When CoinGecko was last asked about the coin.';
COMMENT ON COLUMN coin_histories.announced_at IS 'When the analysis was told of the stretch; NULL until then.';

GRANT SELECT, INSERT, UPDATE ON coin_histories TO vibe_ingestion;
