import { join } from "node:path";
import type { FunctionBuild, GraphResource, ResourceGraph } from "../src/graph/resource-graph.ts";

const REGION = "us-east-2";
const ACCOUNT = "000000000000";

export const queueArn = (name: string) => `arn:aws:sqs:${REGION}:${ACCOUNT}:${name}`;
export const topicArn = (name: string) => `arn:aws:sns:${REGION}:${ACCOUNT}:${name}`;
export const functionArn = (name: string) => `arn:aws:lambda:${REGION}:${ACCOUNT}:function:${name}`;

export function graphOf(resources: GraphResource[], functions: FunctionBuild[] = []): ResourceGraph {
  return { app: { name: "fixture", stage: "local" }, region: REGION, resources, functions };
}

/** A resource whose outputs are its inputs and `outputs`, as the evaluated graph has them. */
export function resource(
  type: string,
  name: string,
  inputs: Record<string, unknown>,
  outputs: Record<string, unknown> = {},
): GraphResource {
  const urn = `urn:pulumi:local::fixture::${type}::${name}`;
  return { urn, type, name, parent: null, id: `${name}-id`, inputs, outputs: { ...inputs, ...outputs } };
}

export function queue(name: string, endpoint: string, inputs: Record<string, unknown> = {}): GraphResource {
  return resource(
    "aws:sqs/queue:Queue",
    `${name}Queue`,
    { name, fifoQueue: name.endsWith(".fifo"), visibilityTimeoutSeconds: 30, ...inputs },
    { arn: queueArn(name), url: `${endpoint}/${ACCOUNT}/${name}` },
  );
}

export function redriveTo(deadLetterQueue: string, maxReceiveCount: number): Record<string, unknown> {
  const deadLetterTargetArn = queueArn(deadLetterQueue);
  return { redrivePolicy: JSON.stringify({ deadLetterTargetArn, maxReceiveCount }) };
}

export function topic(name: string): GraphResource {
  const inputs = { name, fifoTopic: name.endsWith(".fifo"), contentBasedDeduplication: false };
  return resource("aws:sns/topic:Topic", `${name}Topic`, inputs, { arn: topicArn(name) });
}

export function subscription(
  name: string,
  from: string,
  to: string,
  inputs: Record<string, unknown> = {},
): GraphResource[] {
  return [
    resource("aws:sns/topicSubscription:TopicSubscription", name, {
      topic: topicArn(from),
      protocol: "sqs",
      endpoint: queueArn(to),
      rawMessageDelivery: true,
      ...inputs,
    }),
    resource("aws:sqs/queuePolicy:QueuePolicy", `${name}Policy`, {
      queueUrl: `https://sqs.us-east-2.amazonaws.com/${ACCOUNT}/${to}`,
      policy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Allow",
            Action: "sqs:SendMessage",
            Resource: queueArn(to),
            Principal: { Service: "sns.amazonaws.com" },
          },
        ],
      }),
    }),
  ];
}

export function mapping(
  name: string,
  queueName: string,
  functionName: string,
  inputs: Record<string, unknown> = {},
): GraphResource {
  return resource("aws:lambda/eventSourceMapping:EventSourceMapping", name, {
    eventSourceArn: queueArn(queueName),
    functionName: functionArn(functionName),
    batchSize: 10,
    functionResponseTypes: ["ReportBatchItemFailures"],
    ...inputs,
  });
}

export function schedule(
  name: string,
  expression: string,
  functionName: string,
  input?: string,
): GraphResource {
  return resource("aws:scheduler/schedule:Schedule", name, {
    name,
    scheduleExpression: expression,
    scheduleExpressionTimezone: "UTC",
    state: "ENABLED",
    target: { arn: functionArn(functionName), ...(input !== undefined && { input }) },
  });
}

/** A function whose "bundle" is one of the files in test/handlers. */
export function functionBuild(
  functionName: string,
  handler: string,
  overrides: Partial<FunctionBuild> = {},
): FunctionBuild {
  const [file = "", exportName = ""] = handler.split("#");
  return {
    functionName,
    resourceName: functionName,
    handler,
    bundleDirectory: join(import.meta.dirname, "handlers"),
    entry: { file, exportName },
    runtime: "nodejs24.x",
    timeoutSeconds: 5,
    memoryMegabytes: 128,
    environment: {},
    links: {},
    roleName: `${functionName}-role`,
    policies: [{ Effect: "Allow", Action: ["sqs:*", "sns:*", "secretsmanager:*"], Resource: ["*"] }],
    ...overrides,
  };
}

/** A REST API with a mock OPTIONS for each path, a key in a usage plan, and CORS on the gateway's own answers. */
export function restApi(
  routes: { method: string; path: string; functionName: string; apiKeyRequired?: boolean }[],
  plan: Record<string, unknown> = {},
): GraphResource[] {
  const api = resource(
    "aws:apigateway/restApi:RestApi",
    "Api",
    { name: "fixture-api" },
    { rootResourceId: "root" },
  );
  const ofApi = { restApi: api.id };
  const pathResources = new Map<string, GraphResource>();
  const resourceIdOf = (path: string): string => {
    if (path === "" || path === "/") return "root";
    const known = pathResources.get(path);
    if (known !== undefined) return known.id;
    const cut = path.lastIndexOf("/");
    const inputs = { ...ofApi, parentId: resourceIdOf(path.slice(0, cut)), pathPart: path.slice(cut + 1) };
    const created = resource("aws:apigateway/resource:Resource", `Path${path}`, inputs);
    pathResources.set(path, created);
    return created.id;
  };
  const methods = routes.flatMap(({ method, path, functionName, apiKeyRequired }) => {
    const on = { ...ofApi, resourceId: resourceIdOf(path), httpMethod: method };
    const uri = `arn:aws:apigateway:${REGION}:lambda:path/2015-03-31/functions/${functionArn(functionName)}/invocations`;
    return [
      resource("aws:apigateway/method:Method", `${method}${path}Method`, {
        ...on,
        authorization: "NONE",
        apiKeyRequired: apiKeyRequired ?? false,
      }),
      resource("aws:apigateway/integration:Integration", `${method}${path}Integration`, {
        ...on,
        type: "AWS_PROXY",
        integrationHttpMethod: "POST",
        uri,
      }),
    ];
  });
  const preflights = [...new Set(routes.map(route => route.path))].flatMap(path => {
    const on = { ...ofApi, resourceId: resourceIdOf(path), httpMethod: "OPTIONS" };
    return [
      resource("aws:apigateway/method:Method", `OPTIONS${path}Method`, { ...on, authorization: "NONE" }),
      resource("aws:apigateway/integration:Integration", `OPTIONS${path}Integration`, {
        ...on,
        type: "MOCK",
      }),
      resource("aws:apigateway/integrationResponse:IntegrationResponse", `OPTIONS${path}Response`, {
        ...on,
        statusCode: "204",
        responseParameters: { "method.response.header.Access-Control-Allow-Origin": "'*'" },
      }),
    ];
  });
  const permissions = [...new Set(routes.map(route => route.functionName))].map(functionName =>
    resource("aws:lambda/permission:Permission", `${functionName}Permission`, {
      action: "lambda:InvokeFunction",
      function: functionArn(functionName),
      principal: "apigateway.amazonaws.com",
      sourceArn: `arn:aws:execute-api:${REGION}:${ACCOUNT}:${api.id}/*`,
    }),
  );
  const key = resource("aws:apigateway/apiKey:ApiKey", "Key", {
    value: "fixture-key-0123456789",
    enabled: true,
  });
  const usagePlan = resource("aws:apigateway/usagePlan:UsagePlan", "Plan", {
    apiStages: [{ apiId: api.id, stage: "local" }],
    ...plan,
  });
  return [
    api,
    resource("aws:apigateway/stage:Stage", "Stage", { ...ofApi, stageName: "local" }),
    ...pathResources.values(),
    ...methods,
    ...preflights,
    ...permissions,
    ...["4XX", "5XX"].map(kind =>
      resource("aws:apigateway/response:Response", `Cors${kind}`, {
        restApiId: api.id,
        responseType: `DEFAULT_${kind}`,
        responseParameters: { "gatewayresponse.header.Access-Control-Allow-Origin": "'*'" },
      }),
    ),
    key,
    usagePlan,
    resource("aws:apigateway/usagePlanKey:UsagePlanKey", "PlanKey", {
      keyId: key.id,
      keyType: "API_KEY",
      usagePlanId: usagePlan.id,
    }),
  ];
}

/** The resource with the name, for a test that changes it. */
function named(graph: ResourceGraph, name: string): GraphResource {
  const found = graph.resources.find(candidate => candidate.name === name);
  if (found === undefined) throw new Error(`the fixture has no resource ${name}`);
  return found;
}

/** A copy of the graph without the resource. */
export function without(graph: ResourceGraph, name: string): ResourceGraph {
  named(graph, name);
  return { ...graph, resources: graph.resources.filter(candidate => candidate.name !== name) };
}

/** A copy of the graph in which the resource has other properties. */
export function changed(
  graph: ResourceGraph,
  name: string,
  properties: Record<string, unknown>,
): ResourceGraph {
  named(graph, name);
  return {
    ...graph,
    resources: graph.resources.map(candidate =>
      candidate.name === name
        ? {
            ...candidate,
            inputs: { ...candidate.inputs, ...properties },
            outputs: { ...candidate.outputs, ...properties },
          }
        : candidate,
    ),
  };
}
