-- Alerts that people keep switched on: who is told what, and what they were told.

CREATE TYPE alert_channel_enum AS ENUM ('email', 'https', 'sqs');

-- Whom alerts go to. One endpoint is one recipient, whatever number of alerts it has: SNS knows it once.
CREATE TABLE alert_recipients (
  id text PRIMARY KEY,
  api_key_id text NOT NULL,
  channel alert_channel_enum NOT NULL,
  address text NOT NULL,
  subscription_arn text,
  asked_at timestamptz NOT NULL DEFAULT now(),
  confirmed_at timestamptz,
  unsubscribed_at timestamptz,
  created_at timestamptz NOT NULL DEFAULT now(),
  UNIQUE (channel, address)
);
COMMENT ON COLUMN alert_recipients.id IS 'A digest of channel and address, by which its SNS subscription filters.';
COMMENT ON COLUMN alert_recipients.asked_at IS 'When SNS was last told to ask for a confirmation.';
COMMENT ON COLUMN alert_recipients.unsubscribed_at IS 'When SNS was first seen without the confirmed subscription.';
CREATE INDEX alert_recipients_key ON alert_recipients (api_key_id);

CREATE TABLE alerts (
  id uuid PRIMARY KEY,
  recipient_id text NOT NULL REFERENCES alert_recipients (id) ON DELETE CASCADE,
  filter jsonb NOT NULL,
  cmc_ids bigint[],
  daily_cap integer NOT NULL CHECK (daily_cap > 0),
  quiet_hours jsonb,
  -- To the millisecond, as cursors tell it.
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  UNIQUE (recipient_id, filter)
);
COMMENT ON COLUMN alerts.cmc_ids IS 'The coins that the filter''s symbols meant when it was made; NULL for all coins.';

-- What was decided for each recipient and change of a signal, once: a second delivery of the change changes nothing.
CREATE TABLE alert_deliveries (
  recipient_id text NOT NULL REFERENCES alert_recipients (id) ON DELETE CASCADE,
  event_id text NOT NULL,
  alert_ids uuid[] NOT NULL,
  signal jsonb NOT NULL,
  decided_at timestamptz NOT NULL,
  held_until timestamptz,
  sent_at timestamptz,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (recipient_id, event_id)
);
COMMENT ON COLUMN alert_deliveries.decided_at IS 'The product''s time: that of the market where it is simulated.';
COMMENT ON COLUMN alert_deliveries.held_until IS 'When the digest with it is due; NULL for what was sent by itself.';
CREATE INDEX alert_deliveries_held ON alert_deliveries (held_until) WHERE sent_at IS NULL;
CREATE INDEX alert_deliveries_sent ON alert_deliveries (recipient_id, sent_at) WHERE held_until IS NULL;

ALTER TYPE run_type_enum ADD VALUE 'alert_digests';

-- Keeps alerts and delivers them; reads what they are about.
SELECT create_service_role('vibe_alerts');
GRANT SELECT, INSERT, UPDATE, DELETE ON alert_recipients, alerts, alert_deliveries TO vibe_alerts;
GRANT SELECT ON cryptocurrencies, market_snapshots, trend_analysis, signal_events, market_moves TO vibe_alerts;
GRANT SELECT, INSERT, UPDATE ON outbox, analysis_runs TO vibe_alerts;
GRANT INSERT, SELECT (consumer, event_id) ON inbox TO vibe_alerts;
GRANT INSERT, SELECT (consumer, message_id) ON parked_messages TO vibe_alerts;
GRANT SELECT (created_at), DELETE ON alert_deliveries TO vibe_maintenance;
