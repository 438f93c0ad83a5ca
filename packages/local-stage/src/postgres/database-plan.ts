import type { LocalValues } from "../graph/local-values.ts";
import { type ResourceGraph, resourcesOf } from "../graph/resource-graph.ts";
import { LocalStageError } from "../local-stage-error.ts";
import { describeResource, LOCAL_ACCOUNT_ID, optionalString, requiredString } from "../resource-reader.ts";

export type DatabasePlan = {
  instanceName: string;
  databaseName: string;
  username: string;
  password: string;
  majorVersion: string | undefined;
  /** What the functions connect to; the server itself has a port of its own. */
  port: number;
  /** What RDS puts before a user's name in the ARN by which policies let sign in by a token. */
  userArnPrefix: string;
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
    majorVersion: optionalString(resource, "engineVersion")?.split(".")[0],
    port: values.database.port,
    userArnPrefix: `arn:aws:rds-db:${graph.region}:${LOCAL_ACCOUNT_ID}:dbuser:${optionalString(resource, "resourceId") ?? resource.id}`,
  };
}
