-- For readers that keep what they read: which rows changed since, and in which state an episode is now.
-- Triggers keep it, so that functions of the release before do so too.

-- A transaction that a reader's snapshot did not see has an id of at least that snapshot's pg_snapshot_xmin().
ALTER TABLE trend_analysis ADD COLUMN changed_in xid8 NOT NULL DEFAULT pg_current_xact_id();
ALTER TABLE signal_events ADD COLUMN changed_in xid8 NOT NULL DEFAULT pg_current_xact_id();

CREATE FUNCTION mark_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.changed_in := pg_current_xact_id();
  RETURN NEW;
END
$$;
CREATE TRIGGER trend_analysis_changed BEFORE UPDATE ON trend_analysis
  FOR EACH ROW EXECUTE FUNCTION mark_change();
CREATE INDEX trend_analysis_changed ON trend_analysis (timeframe, changed_in);
CREATE INDEX signal_events_changed ON signal_events (changed_in);

-- What a coin is called changes seldom; its rank, with every listing.
ALTER TABLE cryptocurrencies ADD COLUMN renamed_at timestamptz NOT NULL DEFAULT now();
CREATE FUNCTION mark_renaming() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.renamed_at := now();
  RETURN NEW;
END
$$;
CREATE TRIGGER cryptocurrencies_renamed BEFORE UPDATE ON cryptocurrencies
  FOR EACH ROW
  WHEN ((OLD.symbol, OLD.name, OLD.slug, OLD.kind) IS DISTINCT FROM (NEW.symbol, NEW.name, NEW.slug, NEW.kind))
  EXECUTE FUNCTION mark_renaming();
CREATE INDEX cryptocurrencies_renamed ON cryptocurrencies (renamed_at);

ALTER TABLE signal_events ADD COLUMN superseded_at timestamptz;
COMMENT ON COLUMN signal_events.superseded_at IS 'When a later state of the episode was detected; NULL for its present one.';
UPDATE signal_events event SET superseded_at = later.detected_at
FROM (
  SELECT id, min(detected_at) OVER (
    PARTITION BY episode_id ORDER BY id ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING
  ) AS detected_at
  FROM signal_events
) later
WHERE later.id = event.id AND later.detected_at IS NOT NULL;

-- By the index whatever the table's statistics say: a session keeps the plan that it made while the table was empty.
CREATE FUNCTION supersede_states() RETURNS trigger LANGUAGE plpgsql SET enable_seqscan = off AS $$
BEGIN
  UPDATE signal_events event SET superseded_at = later.detected_at
  FROM (
    SELECT earlier.id, min(fresh.detected_at) AS detected_at
    FROM fresh JOIN signal_events earlier ON earlier.episode_id = fresh.episode_id AND earlier.id < fresh.id
    GROUP BY earlier.id
  ) later
  WHERE event.id = later.id AND (event.superseded_at IS NULL OR event.superseded_at > later.detected_at);
  RETURN NULL;
END
$$;
CREATE TRIGGER signal_events_superseded AFTER INSERT ON signal_events
  REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION supersede_states();

-- Lists of present states by each of their filters; the confidence is last, to be looked at in the index.
CREATE INDEX signal_events_present ON signal_events (detected_at DESC, id DESC, confidence)
  WHERE superseded_at IS NULL;
CREATE INDEX signal_events_present_type ON signal_events (signal_type, detected_at DESC, id DESC, state, confidence)
  WHERE superseded_at IS NULL;
CREATE INDEX signal_events_present_state ON signal_events (state, detected_at DESC, id DESC, confidence)
  WHERE superseded_at IS NULL;
DROP INDEX signal_events_kind;

-- All prices around a time, whichever coin's: what a window starts from.
CREATE INDEX price_data_timestamp ON price_data (timestamp);
