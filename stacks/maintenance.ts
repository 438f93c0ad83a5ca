import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { database } from "./database";
import { pricesIngested, signalsDetected } from "./events";
import { serviceFunction } from "./service-function";
import { stageSettings } from "./settings";

const migrator = new sst.aws.Function(
  "DatabaseMigrator",
  serviceFunction({
    name: "database-migrator",
    description: "Applies the migrations that the database does not have yet",
    handler: "services/maintenance/src/migrate.handler",
    link: [database],
    timeout: "10 minutes",
    memory: "256 MB",
    concurrency: 1,
    copyFiles: [{ from: "migrations" }],
  }),
);

/** Migrates on every deploy that changes `migrations/`; the functions that need the schema depend on it. */
export const migrated = new aws.lambda.Invocation("Migrated", {
  functionName: migrator.name,
  input: JSON.stringify({ migrations: hashOfFolder("migrations") }),
});

new sst.aws.CronV2("OutboxDrainSchedule", {
  schedule: "rate(15 minutes)",
  function: serviceFunction({
    name: "outbox-drain",
    description: "Publishes events that were committed but not published",
    handler: "services/maintenance/src/drain-outbox.handler",
    link: [database, pricesIngested, signalsDetected],
    timeout: "60 seconds",
    memory: "256 MB",
    concurrency: 1,
  }),
});

new sst.aws.CronV2("CatchUpSchedule", {
  schedule: "cron(0 13 * * ? *)",
  function: serviceFunction({
    name: "analysis-catch-up",
    description: "Publishes again the coins whose newest price has no analysis",
    handler: "services/maintenance/src/catch-up.handler",
    link: [database, pricesIngested],
    timeout: "60 seconds",
    memory: "256 MB",
    concurrency: 1,
  }),
});

new sst.aws.CronV2("CleanUpSchedule", {
  schedule: "cron(0 3 ? * SUN *)",
  function: serviceFunction({
    name: "data-clean-up",
    description: "Drops prices and logs older than the retention",
    handler: "services/maintenance/src/clean-up.handler",
    link: [database, stageSettings],
    timeout: "5 minutes",
    memory: "256 MB",
    concurrency: 1,
  }),
});

function hashOfFolder(folder: string): string {
  const directory = join($cli.paths.root, folder);
  const hash = createHash("sha256");
  for (const file of readdirSync(directory).sort())
    hash.update(file).update(readFileSync(join(directory, file)));
  return hash.digest("hex");
}
