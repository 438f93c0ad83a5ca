import { expect, it } from "vitest";
import { changed, functionBuild, graphOf, restApi, without } from "../../test/graph-fixture.ts";
import type { ResourceGraph } from "../graph/resource-graph.ts";
import { LocalStageError } from "../local-stage-error.ts";
import { planApis } from "./api-plan.ts";

const graph = graphOf(
  restApi(
    [
      { method: "GET", path: "/coins", functionName: "query", apiKeyRequired: true },
      { method: "GET", path: "/coins/{symbol}/prices", functionName: "query" },
    ],
    {
      throttleSettings: { rateLimit: 5, burstLimit: 10 },
      quotaSettings: { limit: 100, period: "DAY" },
    },
  ),
  [functionBuild("query", "plain.ts#http")],
);

it("reads routes, gateway responses and usage plans", () => {
  const [api] = planApis(graph);
  expect({ ...api, routes: api?.routes.map(({ resourceId: _id, ...route }) => route) }).toEqual({
    id: "Api-id",
    name: "fixture-api",
    stageName: "local",
    routes: [
      {
        method: "GET",
        path: "/coins",
        apiKeyRequired: true,
        integration: { kind: "function", functionName: "query", timeoutMs: 29_000 },
      },
      {
        method: "GET",
        path: "/coins/{symbol}/prices",
        apiKeyRequired: false,
        integration: { kind: "function", functionName: "query", timeoutMs: 29_000 },
      },
      ...["/coins", "/coins/{symbol}/prices"].map(path => ({
        method: "OPTIONS",
        path,
        apiKeyRequired: false,
        integration: { kind: "mock", statusCode: 204, headers: { "Access-Control-Allow-Origin": "*" } },
      })),
    ],
    gatewayResponses: {
      DEFAULT_4XX: { statusCode: undefined, headers: { "Access-Control-Allow-Origin": "*" } },
      DEFAULT_5XX: { statusCode: undefined, headers: { "Access-Control-Allow-Origin": "*" } },
    },
    usagePlans: [
      {
        id: "Plan-id",
        throttle: { ratePerSecond: 5, burst: 10 },
        quota: { limit: 100, period: "DAY" },
        keys: [{ id: "Key-id", value: "fixture-key-0123456789" }],
      },
    ],
    stageThrottle: undefined,
  });
});

it.each<[string, ResourceGraph, string]>([
  [
    "a method without an integration",
    without(graph, "GET/coinsIntegration"),
    'Method "GET/coinsMethod" (GET /coins) has no integration, so nothing answers it; look at the API\'s routes.',
  ],
  [
    "an integration without a method",
    without(graph, "GET/coinsMethod"),
    'Integration "GET/coinsIntegration" (GET /coins) belongs to no method of RestApi "Api"; look at the API\'s routes.',
  ],
  [
    "a path that is left with its preflight",
    without(without(graph, "GET/coinsMethod"), "GET/coinsIntegration"),
    "/coins of RestApi \"Api\" answers the browser's preflight and nothing else: its route is missing; look at the API's routes.",
  ],
  [
    "a path part that is gone",
    without(graph, "Path/coins/{symbol}"),
    'Resource "Path/coins/{symbol}/prices" is below the path resource Path/coins/{symbol}-id, which the stacks do not declare.',
  ],
  [
    "a route to a function that is gone",
    { ...graph, functions: [] },
    'Integration "GET/coinsIntegration" (GET /coins) calls arn:aws:apigateway:us-east-2:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-2:000000000000:function:query/invocations, which is no function of the stacks.',
  ],
  [
    "an API that is not deployed",
    without(graph, "Stage"),
    'RestApi "Api" has no stage; call deploy() on the API in stacks/.',
  ],
  [
    "an authorizer",
    changed(graph, "GET/coinsMethod", { authorization: "AWS_IAM" }),
    'Method "GET/coinsMethod" (GET /coins) needs the authorization AWS_IAM, which the local stage does not know.',
  ],
  [
    "a key that is gone",
    without(graph, "Key"),
    'UsagePlanKey "PlanKey" names the API key Key-id, which the stacks do not declare.',
  ],
])("refuses %s", (_case, broken, message) => {
  expect(() => planApis(broken)).toThrow(new LocalStageError(message));
});
