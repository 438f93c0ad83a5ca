import type { LocalValues } from "../src/graph/local-values.ts";
import type { ResourceGraph } from "../src/graph/resource-graph.ts";
import { type LocalStage, startLocalStage } from "../src/start-local-stage.ts";
import type { StateDirectory } from "../src/state-directory.ts";
import {
  functionArn,
  functionBuild,
  graphOf,
  mapping,
  queue,
  redriveTo,
  resource,
  restApi,
  schedule,
  subscription,
  topic,
  topicArn,
} from "./graph-fixture.ts";

function valuesOf(state: StateDirectory, apiPort: number): LocalValues {
  return {
    accountId: "000000000000",
    awsEndpoint: `http://127.0.0.1:${state.ports.messaging}`,
    database: { host: "127.0.0.1", port: state.ports.database },
    databasePassword: state.databasePassword,
    apiUrl: `http://127.0.0.1:${apiPort}`,
    apiKeyValues: {},
  };
}

/** Schedule -> ingest -> topic -> queue -> analyze -> topic -> alerts, with a database and an API beside it. */
export function pipelineGraph(state: StateDirectory): ResourceGraph {
  const endpoint = `http://127.0.0.1:${state.ports.messaging}`;
  const links = { Prices: { arn: topicArn("prices.fifo") }, Signals: { arn: topicArn("signals") } };
  return graphOf(
    [
      topic("prices.fifo"),
      topic("signals"),
      queue("dead.fifo", endpoint),
      queue("work.fifo", endpoint, { visibilityTimeoutSeconds: 180, ...redriveTo("dead.fifo", 5) }),
      queue("alerts", endpoint),
      ...subscription("WorkSubscription", "prices.fifo", "work.fifo", { filterPolicy: '{"type":["price"]}' }),
      ...subscription("AlertsSubscription", "signals", "alerts"),
      mapping("WorkMapping", "work.fifo", "fixture-analyze"),
      schedule("IngestionSchedule", "cron(0 12 * * ? *)", "fixture-ingest"),
      resource("aws:lambda/invocation:Invocation", "Deployed", {
        functionName: functionArn("fixture-deploy"),
        input: '{"hash":"1"}',
      }),
      resource("aws:rds/instance:Instance", "Database", {
        dbName: "fixture",
        username: "fixture_owner",
        password: state.databasePassword,
      }),
      ...restApi([{ method: "GET", path: "/things/{id}", functionName: "fixture-http" }]),
    ],
    [
      functionBuild("fixture-ingest", "pipeline.ts#ingest", { links }),
      functionBuild("fixture-analyze", "pipeline.ts#analyze", { links }),
      functionBuild("fixture-deploy", "plain.ts#echo"),
      functionBuild("fixture-http", "plain.ts#http"),
    ],
  );
}

export async function startPipeline(
  state: StateDirectory,
  apiPort: number,
  graph: ResourceGraph = pipelineGraph(state),
): Promise<LocalStage> {
  return await startLocalStage({
    graph,
    stateDirectory: state,
    apiPort,
    values: valuesOf(state, apiPort),
    clock: { kind: "market", startMs: Date.UTC(2026, 10, 23) },
  });
}
