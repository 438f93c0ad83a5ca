import {
  type FunctionBuild,
  functionNamed,
  type GraphResource,
  type ResourceGraph,
  resourcesOf,
} from "../graph/resource-graph.ts";
import { LocalStageError } from "../local-stage-error.ts";
import {
  describeResource,
  functionNameOf,
  isRecord,
  optionalNumber,
  optionalString,
  property,
  requiredString,
} from "../resource-reader.ts";
import { planUsagePlans, type UsagePlan } from "./usage-plan-reader.ts";

export type Integration =
  | { kind: "function"; functionName: string; timeoutMs: number }
  | { kind: "mock"; statusCode: number; headers: Record<string, string> };

export type Route = {
  /** `ANY` or an HTTP method. */
  method: string;
  /** Such as `/trends/{symbol}`. */
  path: string;
  resourceId: string;
  apiKeyRequired: boolean;
  integration: Integration;
};

/** Headers and bodies of answers that the gateway gives by itself, by response type such as `DEFAULT_4XX`. */
type GatewayResponse = {
  statusCode: number | undefined;
  headers: Record<string, string>;
  /** The whole body; API Gateway's own words where there is none. */
  body: string | undefined;
};

export type ApiPlan = {
  id: string;
  name: string;
  stageName: string;
  routes: Route[];
  gatewayResponses: Record<string, GatewayResponse>;
  usagePlans: UsagePlan[];
  /** Of the stage's method settings for all methods. */
  stageThrottle: { ratePerSecond: number; burst: number } | undefined;
  /** Of a line of the stage's access log; undefined when it keeps none. */
  accessLogFormat: string | undefined;
};

/** API Gateway's default and limit for an integration. */
const INTEGRATION_TIMEOUT_MS = 29_000;

/** Reads the REST APIs of the graph, and refuses what could not answer. */
export function planApis(graph: ResourceGraph): ApiPlan[] {
  return resourcesOf(graph, "aws:apigateway/restApi:RestApi").map(api => planApi(graph, api));
}

function planApi(graph: ResourceGraph, api: GraphResource): ApiPlan {
  const ofApi = (type: string) =>
    resourcesOf(graph, type).filter(
      resource => (property(resource, "restApi") ?? property(resource, "restApiId")) === api.id,
    );
  const [stage] = ofApi("aws:apigateway/stage:Stage");
  if (stage === undefined) {
    throw new LocalStageError(`${describeResource(api)} has no stage; call deploy() on the API in stacks/.`);
  }
  const stageName = requiredString(stage, "stageName");
  const paths = resolvePaths(api, ofApi("aws:apigateway/resource:Resource"));
  const methods = ofApi("aws:apigateway/method:Method");
  const integrations = ofApi("aws:apigateway/integration:Integration");
  const integrationResponses = ofApi("aws:apigateway/integrationResponse:IntegrationResponse");
  for (const integration of integrations) {
    if (methods.some(method => sameMethod(method, integration))) continue;
    const route = `${requiredString(integration, "httpMethod")} ${paths.get(requiredString(integration, "resourceId")) ?? "of a path that is gone"}`;
    throw new LocalStageError(
      `${describeResource(integration)} (${route}) belongs to no method of ${describeResource(api)}; look at the API's routes.`,
    );
  }
  for (const path of new Set(methods.map(method => paths.get(requiredString(method, "resourceId"))))) {
    const verbs = methods.filter(method => paths.get(requiredString(method, "resourceId")) === path);
    if (path === undefined || verbs.some(method => requiredString(method, "httpMethod") !== "OPTIONS"))
      continue;
    throw new LocalStageError(
      `${path} of ${describeResource(api)} answers the browser's preflight and nothing else: its route is missing; look at the API's routes.`,
    );
  }
  const routes = methods.map(method => {
    const resourceId = requiredString(method, "resourceId");
    const path = paths.get(resourceId);
    if (path === undefined) {
      throw new LocalStageError(
        `${describeResource(method)} is on the path resource ${resourceId}, which the stacks do not declare; look at the API's routes.`,
      );
    }
    const httpMethod = requiredString(method, "httpMethod");
    const authorization = optionalString(method, "authorization") ?? "NONE";
    if (authorization !== "NONE") {
      throw new LocalStageError(
        `${describeResource(method)} (${httpMethod} ${path}) needs the authorization ${authorization}, which the local stage does not know.`,
      );
    }
    const integration = integrations.find(candidate => sameMethod(candidate, method));
    if (integration === undefined) {
      throw new LocalStageError(
        `${describeResource(method)} (${httpMethod} ${path}) has no integration, so nothing answers it; look at the API's routes.`,
      );
    }
    return {
      method: httpMethod,
      path,
      resourceId,
      apiKeyRequired: property(method, "apiKeyRequired") === true,
      integration: planIntegration(graph, integration, integrationResponses, `${httpMethod} ${path}`),
    };
  });
  return {
    id: api.id,
    name: optionalString(api, "name") ?? api.name,
    stageName,
    routes,
    gatewayResponses: planGatewayResponses(ofApi("aws:apigateway/response:Response")),
    usagePlans: planUsagePlans(graph, api.id, stageName),
    stageThrottle: planStageThrottle(ofApi("aws:apigateway/methodSettings:MethodSettings")),
    accessLogFormat: planAccessLogFormat(stage),
  };
}

function sameMethod(a: GraphResource, b: GraphResource): boolean {
  return (
    property(a, "resourceId") === property(b, "resourceId") &&
    property(a, "httpMethod") === property(b, "httpMethod")
  );
}

/** Resource id -> path template, from the tree of path parts. */
function resolvePaths(api: GraphResource, resources: GraphResource[]): Map<string, string> {
  const rootId = requiredString(api, "rootResourceId");
  const paths = new Map([[rootId, "/"]]);
  const byId = new Map(resources.map(resource => [resource.id, resource]));
  const pathOf = (resource: GraphResource): string => {
    const parentId = requiredString(resource, "parentId");
    const parent = byId.get(parentId);
    if (parent === undefined && parentId !== rootId) {
      throw new LocalStageError(
        `${describeResource(resource)} is below the path resource ${parentId}, which the stacks do not declare.`,
      );
    }
    const prefix = parent === undefined ? "" : pathOf(parent);
    return `${prefix}/${requiredString(resource, "pathPart")}`;
  };
  for (const resource of resources) paths.set(resource.id, pathOf(resource));
  return paths;
}

function planIntegration(
  graph: ResourceGraph,
  integration: GraphResource,
  responses: GraphResource[],
  route: string,
): Integration {
  const type = requiredString(integration, "type");
  if (type === "AWS_PROXY") {
    const build = integratedFunction(graph, integration, route);
    const timeoutMs = optionalNumber(integration, "timeoutMilliseconds") ?? INTEGRATION_TIMEOUT_MS;
    return { kind: "function", functionName: build.functionName, timeoutMs };
  }
  if (type !== "MOCK") {
    throw new LocalStageError(
      `${describeResource(integration)} (${route}) has the type ${type}; the local stage knows AWS_PROXY and MOCK.`,
    );
  }
  const response = responses.find(candidate => sameMethod(candidate, integration));
  if (response === undefined) {
    throw new LocalStageError(
      `${describeResource(integration)} (${route}) is a mock without an integration response.`,
    );
  }
  return {
    kind: "mock",
    statusCode: Number(requiredString(response, "statusCode")),
    headers: literalHeaders(response, "method.response.header."),
  };
}

function integratedFunction(graph: ResourceGraph, integration: GraphResource, route: string): FunctionBuild {
  const uri = requiredString(integration, "uri");
  const build = functionNamed(graph, functionNameOf(uri));
  if (build !== undefined) return build;
  throw new LocalStageError(
    `${describeResource(integration)} (${route}) calls ${uri}, which is no function of the stacks.`,
  );
}

/** Header parameters with quoted literals, such as `'*'`. */
function literalHeaders(resource: GraphResource, prefix: string): Record<string, string> {
  const parameters = property(resource, "responseParameters");
  const headers: Record<string, string> = {};
  for (const [key, value] of Object.entries(isRecord(parameters) ? parameters : {})) {
    if (!key.startsWith(prefix) || typeof value !== "string") continue;
    const literal = /^'(.*)'$/s.exec(value)?.[1];
    if (literal === undefined) {
      throw new LocalStageError(
        `${describeResource(resource)}: the local stage knows quoted literals as response parameters, not ${key} = ${value}.`,
      );
    }
    headers[key.slice(prefix.length)] = literal;
  }
  return headers;
}

function planGatewayResponses(resources: GraphResource[]): Record<string, GatewayResponse> {
  return Object.fromEntries(
    resources.map(resource => {
      const statusCode = optionalString(resource, "statusCode");
      return [
        requiredString(resource, "responseType"),
        {
          statusCode: statusCode === undefined ? undefined : Number(statusCode),
          headers: literalHeaders(resource, "gatewayresponse.header."),
          body: literalBody(resource),
        },
      ];
    }),
  );
}

/** API Gateway fills in its variables, which start with a dollar sign. */
function literalBody(resource: GraphResource): string | undefined {
  const templates = property(resource, "responseTemplates");
  const body = isRecord(templates) ? templates["application/json"] : undefined;
  // With this one it says what it says anyway.
  if (typeof body !== "string" || /^\{\s*"message"\s*:\s*\$context\.error\.messageString\s*\}$/.test(body))
    return undefined;
  if (!body.includes("$")) return body;
  throw new LocalStageError(
    `${describeResource(resource)}: the local stage knows response templates without variables, not ${body}.`,
  );
}

function planAccessLogFormat(stage: GraphResource): string | undefined {
  const settings = property(stage, "accessLogSettings");
  return isRecord(settings) && typeof settings.format === "string" ? settings.format : undefined;
}

function planStageThrottle(settings: GraphResource[]): ApiPlan["stageThrottle"] {
  const forAll = settings.find(resource => property(resource, "methodPath") === "*/*");
  const values = forAll && property(forAll, "settings");
  if (!isRecord(values)) return undefined;
  const { throttlingRateLimit: rate, throttlingBurstLimit: burst } = values;
  // -1 is API Gateway's "no limit".
  if (typeof rate !== "number" || typeof burst !== "number" || rate < 0 || burst < 0) return undefined;
  return { ratePerSecond: rate, burst };
}
