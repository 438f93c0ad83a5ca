import { Client, type ClientConfig } from "pg";
import type { BenchStage } from "../with-bench-stage.ts";

/** How the database's owner signs in. */
export function ownerAccess({ graph, values }: Pick<BenchStage, "graph" | "values">): ClientConfig {
  const instance = graph.resources.find(({ type }) => type === "aws:rds/instance:Instance");
  return {
    ...values.database,
    database: String(instance?.inputs.dbName),
    user: String(instance?.inputs.username),
    password: values.databasePassword,
    options: "-c TimeZone=UTC",
  };
}

/** A connection as the database's owner, for what the product has no function for. */
export async function connectAsOwner(stage: Pick<BenchStage, "graph" | "values">): Promise<Client> {
  const client = new Client(ownerAccess(stage));
  await client.connect();
  return client;
}
