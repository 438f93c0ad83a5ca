import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { maintenanceDatabase, ownerDatabase } from "./database.ts";
import { alertDeliveries, pricesIngested, signalsDetected } from "./events.ts";
import { internetAccess } from "./nat.ts";
import { schedule } from "./schedule.ts";
import { serviceFunction } from "./service-function.ts";
import { stageSettings } from "./settings.ts";

const migrator = new sst.aws.Function(
  "DatabaseMigrator",
  serviceFunction({
    name: "database-migrator",
    description: "Applies the migrations that the database does not have yet",
    handler: "services/maintenance/src/migrate.handler",
    link: [ownerDatabase],
    timeout: "10 minutes",
    memory: "256 MB",
    concurrency: 1,
    copyFiles: [{ from: "migrations" }],
    invokedBy: "deploy",
  }),
);

/**
 * Migrates on every deploy that changes `migrations/`; the functions that need the schema depend on it. In `sst dev`
 * nobody answers yet while the stage is deployed: there the migrator is invoked by hand.
 */
export const migrated: $util.Input<$util.Resource> = $dev
  ? migrator.nodes.function
  : new aws.lambda.Invocation(
      "Migrated",
      {
        functionName: migrator.name,
        input: JSON.stringify({ migrations: hashOfFolder("migrations") }),
      },
      // It asks Secrets Manager for the password.
      { dependsOn: internetAccess },
    );

export const outboxDrain = new sst.aws.Function(
  "OutboxDrain",
  serviceFunction({
    name: "outbox-drain",
    description: "Publishes events that were committed but not published",
    handler: "services/maintenance/src/drain-outbox.handler",
    link: [maintenanceDatabase, pricesIngested, signalsDetected, alertDeliveries],
    timeout: "60 seconds",
    // The events of 10,000 coins take just over 256.
    memory: "512 MB",
    concurrency: 1,
    invokedBy: "schedule",
  }),
  { dependsOn: [migrated] },
);

schedule("OutboxDrainSchedule", {
  physicalName: "outbox-drain",
  expression: "rate(15 minutes)",
  function: outboxDrain,
});

const catchUp = new sst.aws.Function(
  "AnalysisCatchUp",
  serviceFunction({
    name: "analysis-catch-up",
    description: "Publishes again the coins whose newest price has no analysis",
    handler: "services/maintenance/src/catch-up.handler",
    link: [maintenanceDatabase, pricesIngested],
    timeout: "60 seconds",
    memory: "512 MB",
    concurrency: 1,
    invokedBy: "schedule",
  }),
  { dependsOn: [migrated] },
);

schedule("CatchUpSchedule", {
  physicalName: "analysis-catch-up",
  expression: "cron(0 13 * * ? *)",
  function: catchUp,
});

const cleanUp = new sst.aws.Function(
  "DataCleanUp",
  serviceFunction({
    name: "data-clean-up",
    description: "Drops prices and logs older than the retention",
    handler: "services/maintenance/src/clean-up.handler",
    link: [maintenanceDatabase, stageSettings],
    timeout: "5 minutes",
    memory: "256 MB",
    concurrency: 1,
    invokedBy: "schedule",
  }),
  { dependsOn: [migrated] },
);

schedule("CleanUpSchedule", {
  physicalName: "data-clean-up",
  expression: "cron(0 3 ? * SUN *)",
  function: cleanUp,
});

function hashOfFolder(folder: string): string {
  const directory = join($cli.paths.root, folder);
  const hash = createHash("sha256");
  for (const file of readdirSync(directory).sort())
    hash.update(file).update(readFileSync(join(directory, file)));
  return hash.digest("hex");
}
