-- The drain of the outbox tells how old the newest data is: a metric.
GRANT SELECT ON market_snapshots TO vibe_maintenance;
