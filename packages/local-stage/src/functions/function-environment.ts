import type { FunctionBuild, ResourceGraph } from "../graph/resource-graph.ts";
import { functionAccessKeyId } from "../permissions/access-keys.ts";

export type ServiceEndpoints = { messaging: string; secrets: string };

/** All that a function's process.env holds: what Lambda sets, its own variables, and its links. */
export function functionEnvironment(
  graph: ResourceGraph,
  build: FunctionBuild,
  endpoints: ServiceEndpoints,
): Record<string, string> {
  const region = graph.region;
  return {
    ...build.environment,
    // Read by SST's `Resource` before anything else, instead of the encrypted file in the bundle.
    SST_RESOURCES_JSON: JSON.stringify({ App: graph.app, ...build.links }),
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_LAMBDA_FUNCTION_NAME: build.functionName,
    AWS_LAMBDA_FUNCTION_VERSION: "$LATEST",
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(build.memoryMegabytes),
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${build.functionName}`,
    AWS_LAMBDA_INITIALIZATION_TYPE: "on-demand",
    AWS_EXECUTION_ENV: `AWS_Lambda_${build.runtime}`,
    LAMBDA_TASK_ROOT: build.bundleDirectory,
    AWS_ACCESS_KEY_ID: functionAccessKeyId(build.functionName),
    AWS_SECRET_ACCESS_KEY: "local",
    AWS_SESSION_TOKEN: "local",
    AWS_ENDPOINT_URL_SNS: endpoints.messaging,
    AWS_ENDPOINT_URL_SQS: endpoints.messaging,
    AWS_ENDPOINT_URL_SECRETS_MANAGER: endpoints.secrets,
    // No X-Ray daemon listens here.
    POWERTOOLS_TRACE_ENABLED: "false",
    TZ: "UTC",
  };
}
