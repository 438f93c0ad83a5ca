-- Each service signs in as a role of its own, by a token of IAM instead of a password, and may do what its functions do.
-- The user that migrates owns everything. A service that comes later: create_service_role, and grants like these.

-- RDS has it by itself: whoever is a member signs in by a token of IAM.
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'rds_iam') THEN
    CREATE ROLE rds_iam;
  END IF;
END
$$;

-- What nobody was given, nobody has: functions are open to all unless it is taken back.
ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
REVOKE ALL ON SCHEMA public FROM PUBLIC;

-- Roles belong to the whole server, so that one may be there already.
CREATE FUNCTION create_service_role(name text) RETURNS void
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name) THEN
    EXECUTE format('CREATE ROLE %I LOGIN', name);
  END IF;
  EXECUTE format('GRANT rds_iam TO %I', name);
  EXECUTE format('GRANT CONNECT ON DATABASE %I TO %I', current_database(), name);
  EXECUTE format('GRANT USAGE ON SCHEMA public TO %I', name);
END
$$;

SELECT
  create_service_role('vibe_ingestion'),
  create_service_role('vibe_analysis'),
  create_service_role('vibe_query'),
  create_service_role('vibe_maintenance');

-- Partitions are made and dropped with the owner's rights, by these two functions and by nothing else.
ALTER FUNCTION ensure_price_partitions(timestamptz, timestamptz) SECURITY DEFINER SET search_path = public, pg_temp;
REVOKE EXECUTE ON FUNCTION ensure_price_partitions(timestamptz, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ensure_price_partitions(timestamptz, timestamptz) TO vibe_ingestion;

-- Drops the monthly partitions that lie wholly before a time; gives their names.
CREATE FUNCTION drop_price_partitions(before timestamptz) RETURNS SETOF text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  partition text;
BEGIN
  FOR partition IN
    SELECT relname FROM pg_inherits JOIN pg_class ON pg_class.oid = inhrelid
    WHERE inhparent = 'price_data'::regclass
      AND to_date(right(relname, 7), 'YYYY_MM') + interval '1 month' <= before AT TIME ZONE 'UTC'
    ORDER BY relname
  LOOP
    EXECUTE format('DROP TABLE %I', partition);
    RETURN NEXT partition;
  END LOOP;
END
$$;
GRANT EXECUTE ON FUNCTION drop_price_partitions(timestamptz) TO vibe_maintenance;

-- Takes in listings and past prices, detects moves of the market, publishes both.
GRANT SELECT, INSERT, UPDATE ON
  cryptocurrencies, market_snapshots, price_data, market_moves, market_move_state, outbox, analysis_runs
  TO vibe_ingestion;
GRANT SELECT, INSERT ON anchor_prices TO vibe_ingestion;

-- Works out trends and signals from the prices, and what became of the signals.
GRANT SELECT ON cryptocurrencies, market_snapshots, price_data TO vibe_analysis;
GRANT SELECT, INSERT, UPDATE ON
  trend_analysis, detector_states, signal_events, signal_outcomes, signal_records, outbox, analysis_runs
  TO vibe_analysis;
GRANT INSERT, SELECT (consumer, event_id) ON inbox TO vibe_analysis;
GRANT INSERT, SELECT (consumer, message_id) ON parked_messages TO vibe_analysis;

-- Answers questions: reads, and adds to its own log, which it does not read.
GRANT SELECT ON
  cryptocurrencies, market_snapshots, price_data, anchor_prices, trend_analysis, signal_events, signal_outcomes,
  signal_records, market_moves, outbox, analysis_runs
  TO vibe_query;
GRANT INSERT ON query_logs TO vibe_query;

-- Publishes what was left over, announces coins again, and clears away what has served its time.
GRANT SELECT ON cryptocurrencies, price_data, trend_analysis TO vibe_maintenance;
GRANT SELECT, INSERT, UPDATE, DELETE ON outbox, analysis_runs TO vibe_maintenance;
GRANT SELECT (created_at), DELETE ON query_logs TO vibe_maintenance;
GRANT SELECT (received_at), DELETE ON inbox TO vibe_maintenance;
GRANT SELECT (quoted_at), DELETE ON anchor_prices TO vibe_maintenance;
