-- The clean-up deletes parked messages as old as the logs, without reading what is in them.
GRANT SELECT (parked_at), DELETE ON parked_messages TO vibe_maintenance;
CREATE INDEX parked_messages_parked ON parked_messages (parked_at);
