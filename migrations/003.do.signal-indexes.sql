-- Lists of signals by type and state, and of a listing's coins by rank.
CREATE INDEX signal_events_kind ON signal_events (signal_type, state, detected_at DESC, id DESC);
CREATE INDEX price_data_snapshot_rank ON price_data (snapshot_at, rank) WHERE snapshot_at IS NOT NULL;
DROP INDEX price_data_snapshot;
