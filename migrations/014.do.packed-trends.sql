-- A trend as readers of all coins take it, eight bytes a field, put together when it is written and not at each read of
-- 10,000 of them: the coin, the time, the type (1 up, 2 down, 3 sideways), and the figures, NaN where there is none.
ALTER TABLE trend_analysis ADD COLUMN packed bytea NOT NULL GENERATED ALWAYS AS (
  int8send(crypto_id) || timestamptz_send(as_of)
  || float8send(
    CASE trend_type WHEN 'uptrend' THEN 1 WHEN 'downtrend' THEN 2 WHEN 'sideways' THEN 3 ELSE 'NaN'::float8 END
  )
  || float8send(confidence) || float8send(coalesce(change_pct, 'NaN')) || float8send(coalesce(volatility, 'NaN'))
) STORED;
