import { Client } from "pg";
import Postgrator from "postgrator";
import type { DatabaseAddress } from "./connect.ts";
import { verifiedTls } from "./verified-tls.ts";

export type MigrationReport = { readonly applied: readonly string[]; readonly version: number };

/** Any number will do, as long as it is always the same: it keeps two migrators from running at once. */
const migrationLock = 7_235_114;

/**
 * Applies the migrations in `directory` that the database does not have yet, all in one transaction: they are all
 * applied, or none is. Throws when an applied migration was edited since.
 */
export async function migrateDatabase(
  address: DatabaseAddress,
  password: string,
  directory: string,
): Promise<MigrationReport> {
  const { username: user, ...server } = address;
  const ssl = verifiedTls(server.host) ?? false;
  const client = new Client({ ...server, user, password, ssl, options: "-c TimeZone=UTC" });
  await client.connect();
  try {
    await client.query("BEGIN");
    await client.query("SELECT pg_advisory_xact_lock($1)", [migrationLock]);
    const migrator = new Postgrator({
      driver: "pg",
      database: address.database,
      migrationPattern: `${directory}/*.sql`,
      schemaTable: "schema_migrations",
      currentSchema: "public",
      execQuery: query => client.query(query),
      execSqlScript: async script => {
        await client.query(script);
      },
    });
    const applied = await migrator.migrate();
    await client.query("COMMIT");
    return {
      applied: applied.map(({ filename }) => filename.slice(directory.length + 1)),
      version: await migrator.getDatabaseVersion(),
    };
  } catch (error) {
    await client.query("ROLLBACK").catch(() => undefined);
    throw new Error(`Migrations from ${directory} were not applied: ${String(error)}`, { cause: error });
  } finally {
    await client.end();
  }
}
