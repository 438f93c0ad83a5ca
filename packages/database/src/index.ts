export {
  connectDatabase,
  type Database,
  type DatabaseAddress,
  type DatabaseOptions,
  type Queryable,
} from "./connect.ts";
export { isDatabaseUnavailable } from "./is-database-unavailable.ts";
export { type MigrationReport, migrateDatabase } from "./migrate.ts";
export * from "./queries/alert-deliveries.ts";
export * from "./queries/alerts.ts";
export * from "./queries/analysis-runs.ts";
export * from "./queries/anchor-prices.ts";
export * from "./queries/coin-histories.ts";
export * from "./queries/cryptocurrencies.ts";
export * from "./queries/detector-states.ts";
export * from "./queries/inbox.ts";
export * from "./queries/listed-prices.ts";
export * from "./queries/market-moves.ts";
export * from "./queries/market-snapshots.ts";
export * from "./queries/market-view.ts";
export * from "./queries/outbox.ts";
export * from "./queries/prices.ts";
export * from "./queries/query-logs.ts";
export * from "./queries/retention.ts";
export * from "./queries/signal-counts.ts";
export * from "./queries/signal-records.ts";
export * from "./queries/signals.ts";
export * from "./queries/trend-changes.ts";
export * from "./queries/trends.ts";
