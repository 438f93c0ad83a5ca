-- A listing of 10,000 coins puts as many events into the outbox, and takes each out again.

-- They are stored as they are sent, and never searched: jsonb takes each of them apart and puts it together anew.
ALTER TABLE outbox
  ALTER COLUMN body TYPE json,
  ALTER COLUMN message_text TYPE json,
  ALTER COLUMN attributes TYPE json;

-- For the weekly clean-up alone: published events lie in the order of their times, and a summary of each stretch of the
-- table costs nothing when an event is marked.
DROP INDEX outbox_published;
CREATE INDEX outbox_published ON outbox USING brin (published_at);

-- The ids of a listing's prices come out of the transaction that stores them, and no role may delete a coin. Looking each
-- of them up, and locking its row, took as long as storing the price.
ALTER TABLE price_data DROP CONSTRAINT price_data_crypto_id_fkey;
