import {
  type FunctionBuild,
  LOCAL_STAGE_ACCESS_KEY_ID,
  type ResourceGraph,
} from "@vibe-charting/local-stage";

/** What a function of the graph needs of `process.env` when it runs outside of the stage, with the operator's key. */
export function functionEnvironment(
  graph: ResourceGraph,
  build: FunctionBuild,
  endpoints: { messaging: string; secrets: string },
): Record<string, string> {
  return {
    ...build.environment,
    SST_RESOURCES_JSON: JSON.stringify({ App: graph.app, ...build.links }),
    AWS_REGION: graph.region,
    AWS_LAMBDA_FUNCTION_NAME: build.functionName,
    AWS_ACCESS_KEY_ID: LOCAL_STAGE_ACCESS_KEY_ID,
    AWS_SECRET_ACCESS_KEY: "local",
    AWS_ENDPOINT_URL_SNS: endpoints.messaging,
    AWS_ENDPOINT_URL_SQS: endpoints.messaging,
    AWS_ENDPOINT_URL_SECRETS_MANAGER: endpoints.secrets,
    POWERTOOLS_TRACE_ENABLED: "false",
    // The handlers' own logs are no part of the report, and writing them is.
    POWERTOOLS_LOG_LEVEL: "ERROR",
    TZ: "UTC",
  };
}
