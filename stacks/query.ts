import { operations, type ServiceName } from "../packages/contracts/src/http/operations.ts";
import { alerts } from "./alerts.ts";
import { queryDatabase } from "./database.ts";
import { queues } from "./events.ts";
import { declareGatewayAnswers } from "./gateway-answers.ts";
import { logRetention } from "./hardening.ts";
import { migrated } from "./maintenance.ts";
import { declareRequestValidation } from "./request-validation.ts";
import { serviceFunction } from "./service-function.ts";
import { settings } from "./settings.ts";
import { physicalName } from "./stage.ts";

/** Requests a second over all keys, and at once: more than the functions behind them can serve together. */
const throttle = { rate: 50, burst: 100 };

/** Each field is written where it is known, "-" elsewhere; the key's id tells callers apart, never its value. */
const accessLogFields = {
  requestTime: "$context.requestTime",
  requestId: "$context.requestId",
  apiKeyId: "$context.identity.apiKeyId",
  ip: "$context.identity.sourceIp",
  userAgent: "$context.identity.userAgent",
  httpMethod: "$context.httpMethod",
  resourcePath: "$context.resourcePath",
  status: "$context.status",
  responseLength: "$context.responseLength",
  responseLatencyMs: "$context.responseLatency",
  integrationLatencyMs: "$context.integration.latency",
  integrationStatus: "$context.integration.status",
  error: "$context.error.message",
  validationError: "$context.error.validationErrorString",
  xrayTraceId: "$context.xrayTraceId",
};

const queryProcessor = new sst.aws.Function(
  "QueryProcessor",
  serviceFunction({
    name: "query-processor",
    description: "Answers questions over HTTP",
    handler: "services/query/src/http.handler",
    link: [queryDatabase, queues],
    timeout: "20 seconds",
    memory: "1024 MB",
    concurrency: 10,
    invokedBy: "api",
  }),
  { dependsOn: [migrated] },
);

export const apiName = physicalName("api");

export const api = new sst.aws.ApiGatewayV1("Api", {
  endpoint: { type: "regional" },
  cors: true,
  ...(settings.domain && { domain: settings.domain }),
  accessLog: { retention: logRetention.name },
  transform: {
    api: args => {
      args.name = apiName;
      args.disableExecuteApiEndpoint = settings.domain !== undefined;
    },
    deployment: (args, options) => {
      args.triggers = $output(args.triggers).apply(triggers => ({
        ...triggers,
        validation: validation.revision,
        answers: gatewayAnswers.revision,
      }));
      options.dependsOn = gatewayAnswers.responses;
      // The stage is switched to the new deployment before the old one goes.
      options.deleteBeforeReplace = false;
    },
    stage: args => {
      args.xrayTracingEnabled = true;
      args.accessLogSettings = $output(args.accessLogSettings).apply(log => ({
        destinationArn: log?.destinationArn ?? "",
        format: JSON.stringify(accessLogFields),
      }));
    },
    domainName: args => {
      args.securityPolicy = "TLS_1_2";
    },
  },
});

const restApi = api.nodes.api;
const validation = declareRequestValidation(restApi);
const gatewayAnswers = declareGatewayAnswers(restApi);

const services: Readonly<Record<ServiceName, sst.aws.Function>> = { query: queryProcessor, alerts };

for (const { service, method, path, needsKey } of Object.values(operations)) {
  const pathParameters = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => [
    `method.request.path.${name}`,
    true,
  ]);
  api.route(`${method} ${path}`, services[service].arn, {
    apiKey: needsKey,
    transform: {
      method: args => {
        args.requestValidatorId = validation.validator.id;
        args.requestParameters = Object.fromEntries(pathParameters);
        const model = validation.models[`${method} ${path}`];
        if (model) args.requestModels = { "application/json": model.name };
      },
    },
  });
}

api.deploy();
const stage = api.nodes.stage ?? notDeployed();
export const apiAccessLog = api.nodes.logGroup ?? notDeployed();

/** API Gateway would make it by itself, without an end to what it keeps. */
const executionLogGroup = new aws.cloudwatch.LogGroup("ApiExecutionLog", {
  name: $interpolate`API-Gateway-Execution-Logs_${restApi.id}/${$app.stage}`,
  retentionInDays: logRetention.days,
});

new aws.apigateway.MethodSettings(
  "ApiMethodSettings",
  {
    restApi: restApi.id,
    stageName: stage.stageName,
    methodPath: "*/*",
    settings: {
      metricsEnabled: true,
      loggingLevel: "ERROR",
      // Bodies of requests stay out of the logs.
      dataTraceEnabled: false,
      throttlingRateLimit: throttle.rate,
      throttlingBurstLimit: throttle.burst,
    },
  },
  { dependsOn: [executionLogGroup] },
);

const plan = api.addUsagePlan("ApiUsagePlan", {
  throttle,
  quota: { limit: 100_000, period: "day" },
});

export const apiKey = plan.addApiKey("ApiKey");

function notDeployed(): never {
  throw new Error("stacks/query.ts uses the API's stage before it calls deploy()");
}
