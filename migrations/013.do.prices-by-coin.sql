-- A coin's prices lie as far apart in the table as the listings that they came with: 90 days of them by the hour are on
-- 2,160 pages. In the primary key's index they lie side by side, so that it holds all that an analysis reads.
ALTER TABLE price_data DROP CONSTRAINT price_data_pkey;
ALTER TABLE price_data ADD PRIMARY KEY (crypto_id, timestamp) INCLUDE (price, volume_24h, market_cap, snapshot_at);

-- An index is read without its table where a vacuum has seen the page since it was last written. By default the newest
-- fifth of a partition would wait for one.
CREATE OR REPLACE FUNCTION ensure_price_partitions(first timestamptz, last timestamptz) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  month timestamptz := date_trunc('month', first, 'UTC');
  partition text;
BEGIN
  WHILE month <= last LOOP
    partition := 'price_data_' || to_char(month AT TIME ZONE 'UTC', 'YYYY_MM');
    IF to_regclass(partition) IS NULL THEN
      PERFORM pg_advisory_xact_lock(hashtext('price_data partitions'));
      EXECUTE format(
        'CREATE TABLE IF NOT EXISTS %I PARTITION OF price_data FOR VALUES FROM (%L) TO (%L)
           WITH (autovacuum_vacuum_insert_scale_factor = 0.02)',
        partition, month, month + interval '1 month'
      );
    END IF;
    month := month + interval '1 month';
  END LOOP;
END
$$;
DO $$
DECLARE
  partition regclass;
BEGIN
  FOR partition IN SELECT inhrelid::regclass FROM pg_inherits WHERE inhparent = 'price_data'::regclass LOOP
    EXECUTE format('ALTER TABLE %s SET (autovacuum_vacuum_insert_scale_factor = 0.02)', partition);
  END LOOP;
END
$$;
