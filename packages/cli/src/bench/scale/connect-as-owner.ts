import { Client } from "pg";
import type { BenchStage } from "../with-bench-stage.ts";

/** A connection as the database's owner, for what the product has no function for. */
export async function connectAsOwner({
  graph,
  values,
}: Pick<BenchStage, "graph" | "values">): Promise<Client> {
  const instance = graph.resources.find(({ type }) => type === "aws:rds/instance:Instance");
  const client = new Client({
    ...values.database,
    database: String(instance?.inputs.dbName),
    user: String(instance?.inputs.username),
    password: values.databasePassword,
    options: "-c TimeZone=UTC",
  });
  await client.connect();
  return client;
}
