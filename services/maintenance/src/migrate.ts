import { join } from "node:path";
import { type MigrationReport, migrateDatabase } from "@vibe-charting/database";
import { asDatabaseOwner, logger, readLinks } from "@vibe-charting/runtime";

const links = readLinks("OwnerDatabase");

/** Applies the migrations that were deployed with this function. It runs before the schema that runs are recorded in. */
export async function handler(): Promise<MigrationReport> {
  const directory = join(process.env.LAMBDA_TASK_ROOT ?? process.cwd(), "migrations");
  const report = await asDatabaseOwner(links.OwnerDatabase.secretArn, (address, password) =>
    migrateDatabase(address, password, directory),
  );
  logger.info("migrations applied", { ...report });
  return report;
}
