import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "./testing/index.ts";

const coin =
  "INSERT INTO cryptocurrencies (cmc_id, symbol, name, slug, kind) VALUES (1, 'BTC', 'B', 'b', 'native')";
const month = "'2026-03-01T00:00:00Z'::timestamptz";
const log = `INSERT INTO query_logs (query_text, intent_type, intent_confidence, result_count, latency_ms)
  VALUES ('q', 'i', 1, 0, 1)`;
const event = "INSERT INTO outbox (topic, event_id, body, attributes) VALUES ('t', 'e', '{}', '{}')";
const trend = `INSERT INTO trend_analysis (crypto_id, timeframe, confidence, enough_data, notes, as_of, engine_version)
  SELECT id, '7d', 0, false, '{}', now(), '1' FROM cryptocurrencies`;
const anchor = `INSERT INTO anchor_prices (crypto_id, timestamp, price, quoted_at)
  SELECT id, now(), 1, now() FROM cryptocurrencies ON CONFLICT DO NOTHING`;

describe("the roles of the services", () => {
  let test: TestDatabase;
  beforeAll(async () => {
    test = await createTestDatabase();
    await test.query(coin);
  });
  afterAll(() => test.drop());

  /** Runs a statement as a role, in a transaction that is taken back. */
  const as = async (role: string, statement: string) => {
    await test.query(`BEGIN; SET LOCAL SESSION AUTHORIZATION ${role}; ${statement}; ROLLBACK`);
    return "done";
  };

  // What the functions do is held by the tests of the whole stage, where they sign in as these roles; this is the frame.
  it.each([
    ["vibe_ingestion", "UPDATE cryptocurrencies SET rank = 1"],
    ["vibe_ingestion", `SELECT ensure_price_partitions(${month}, ${month})`],
    [
      "vibe_ingestion",
      `SELECT ensure_price_partitions(${month}, ${month});
      INSERT INTO price_data (crypto_id, timestamp, price) SELECT id, ${month}, 1 FROM cryptocurrencies`,
    ],
    ["vibe_ingestion", event],
    ["vibe_ingestion", anchor],
    ["vibe_ingestion", "UPDATE coin_histories SET announced_at = now() WHERE announced_at IS NULL"],
    ["vibe_query", "SELECT count(*) FROM anchor_prices"],
    ["vibe_maintenance", "DELETE FROM anchor_prices WHERE quoted_at < now()"],
    ["vibe_analysis", trend],
    ["vibe_analysis", "INSERT INTO inbox (consumer, event_id) VALUES ('c', 'e')"],
    ["vibe_analysis", event],
    ["vibe_query", "SELECT count(*) FROM price_data"],
    ["vibe_query", log],
    ["vibe_maintenance", `SELECT drop_price_partitions(${month})`],
    ["vibe_maintenance", "DELETE FROM query_logs WHERE created_at < now()"],
    ["vibe_maintenance", "DELETE FROM inbox WHERE received_at < now()"],
    ["vibe_maintenance", "DELETE FROM parked_messages WHERE parked_at < now()"],
    ["vibe_maintenance", "DELETE FROM anchor_prices WHERE quoted_at < now()"],
    ["vibe_maintenance", event],
    ["vibe_maintenance", "SELECT observed_at, source FROM market_snapshots"],
    ["vibe_maintenance", "DELETE FROM alert_deliveries WHERE created_at < now()"],
    ["vibe_alerts", "DELETE FROM alert_recipients"],
    ["vibe_alerts", event],
    ["vibe_alerts", "INSERT INTO inbox (consumer, event_id) VALUES ('c', 'e')"],
  ])("%s may %s", async (role, statement) => {
    await expect(as(role, statement)).resolves.toBe("done");
  });

  const everybody = ["vibe_ingestion", "vibe_analysis", "vibe_query", "vibe_maintenance", "vibe_alerts"];
  const ofNobody = [
    "CREATE TABLE mine (id int)",
    "DROP TABLE query_logs",
    "ALTER TABLE outbox DISABLE ROW LEVEL SECURITY",
    "TRUNCATE price_data",
    "DELETE FROM price_data",
    // Prices refer to coins without a constraint.
    "DELETE FROM cryptocurrencies",
    "DELETE FROM signal_events",
    "CREATE ROLE other",
    "GRANT rds_iam TO vibe_query",
    "SET ROLE vibe_charting",
    "SELECT create_service_role('other')",
    "SELECT count(*) FROM schema_migrations",
    "SELECT rolpassword FROM pg_authid",
    "SELECT pg_read_file('postgresql.conf')",
    "COPY cryptocurrencies TO PROGRAM 'cat'",
    "ALTER FUNCTION ensure_price_partitions(timestamptz, timestamptz) SECURITY INVOKER",
  ];
  it.each([
    ...everybody.flatMap(role => ofNobody.map(statement => [role, statement])),
    ["vibe_ingestion", trend],
    ...["vibe_ingestion", "vibe_analysis", "vibe_query", "vibe_maintenance"].map(role => [
      role,
      "SELECT address FROM alert_recipients",
    ]),
    ["vibe_alerts", "SELECT query_text FROM query_logs"],
    ["vibe_alerts", trend],
    ["vibe_alerts", "UPDATE signal_events SET alerted = true"],
    ["vibe_ingestion", log],
    ["vibe_ingestion", "UPDATE signal_records SET record = '{}'"],
    ["vibe_ingestion", "SELECT query_text FROM query_logs"],
    ["vibe_ingestion", "DELETE FROM outbox"],
    ["vibe_ingestion", "DELETE FROM coin_histories"],
    ["vibe_query", "SELECT refusal FROM coin_histories"],
    ["vibe_ingestion", `SELECT drop_price_partitions(${month})`],
    ["vibe_analysis", coin],
    ["vibe_analysis", "UPDATE price_data SET price = 1"],
    ["vibe_analysis", "SELECT query_text FROM query_logs"],
    ["vibe_analysis", "SELECT body FROM parked_messages"],
    ["vibe_analysis", `SELECT ensure_price_partitions(${month}, ${month})`],
    // The detectors take observed prices alone.
    ["vibe_analysis", "SELECT count(*) FROM anchor_prices"],
    ["vibe_query", anchor],
    ["vibe_query", coin],
    ["vibe_query", "UPDATE cryptocurrencies SET rank = 1"],
    ["vibe_query", trend],
    ["vibe_query", event],
    ["vibe_query", "UPDATE outbox SET published_at = now()"],
    ["vibe_query", "SELECT query_text FROM query_logs"],
    ["vibe_query", "DELETE FROM query_logs"],
    ["vibe_query", "SELECT body FROM parked_messages"],
    ["vibe_query", "SELECT state FROM detector_states"],
    ["vibe_query", `SELECT ensure_price_partitions(${month}, ${month})`],
    ["vibe_maintenance", "SELECT query_text FROM query_logs"],
    ["vibe_maintenance", "SELECT body FROM parked_messages"],
    ["vibe_maintenance", coin],
    ["vibe_maintenance", "UPDATE price_data SET price = 1"],
    ["vibe_maintenance", trend],
    ["vibe_maintenance", `SELECT ensure_price_partitions(${month}, ${month})`],
  ])("%s may not %s", async (role = "", statement = "") => {
    // 42501: insufficient privilege.
    await expect(as(role, statement)).rejects.toMatchObject({ code: "42501" });
  });

  it("sign in by a token of IAM, and have no rights over each other", async () => {
    const rows = await test.query(`
      SELECT role.rolname AS name, role.rolsuper OR role.rolcreaterole OR role.rolcreatedb OR role.rolbypassrls AS special,
        array_agg(parent.rolname::text) AS member_of
      FROM pg_roles role JOIN pg_auth_members ON member = role.oid JOIN pg_roles parent ON parent.oid = roleid
      WHERE role.rolname LIKE 'vibe\\_%' AND role.rolname <> 'vibe_charting' GROUP BY 1, 2 ORDER BY 1
    `);
    expect(rows).toEqual(
      everybody.toSorted().map(name => ({ name, special: false, member_of: ["rds_iam"] })),
    );
  });
});
