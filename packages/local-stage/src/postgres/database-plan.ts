import type { LocalValues } from "../graph/local-values.ts";
import { type ResourceGraph, resourcesOf } from "../graph/resource-graph.ts";
import { LocalStageError } from "../local-stage-error.ts";
import { describeResource, optionalString, requiredString } from "../resource-reader.ts";

export type DatabasePlan = {
  instanceName: string;
  databaseName: string;
  username: string;
  password: string;
  port: number;
  majorVersion: string | undefined;
};

/** Reads the RDS instance; the local values hold one port, so there can be one. */
export function planDatabase(graph: ResourceGraph, values: LocalValues): DatabasePlan | undefined {
  const [resource, second] = resourcesOf(graph, "aws:rds/instance:Instance");
  if (resource === undefined) return undefined;
  if (second !== undefined) {
    throw new LocalStageError(`${describeResource(second)} is a second database; the local stage runs one.`);
  }
  return {
    instanceName: resource.name,
    databaseName: requiredString(resource, "dbName"),
    username: requiredString(resource, "username"),
    password: optionalString(resource, "password") ?? values.databasePassword,
    port: values.database.port,
    majorVersion: optionalString(resource, "engineVersion")?.split(".")[0],
  };
}
