import type { ResourceGraph } from "../../packages/local-stage/src/graph/resource-graph.ts";
import { each, json, nameOf, type Rule, record, resourcesOf, types } from "./rule.ts";

const neededLogFields = ["requestId", "status", "apiKeyId", "ip"];
const headerOrigin = /header\.Access-Control-Allow-Origin$/;
const headerCredentials = /header\.Access-Control-Allow-Credentials$/;
const headerHeaders = /header\.Access-Control-Allow-Headers$/;

function parameterOf(inputs: Record<string, unknown>, name: RegExp): unknown {
  return Object.entries(record(inputs.responseParameters)).find(([key]) => name.test(key))?.[1];
}

/** Stages of which no settings hold. */
function unsettledStages(graph: ResourceGraph): string[] {
  const settled = new Set(
    resourcesOf(graph, "aws:apigateway/methodSettings:MethodSettings").map(
      ({ inputs }) => `${inputs.restApi}/${inputs.stageName}`,
    ),
  );
  return each(
    graph,
    types.stage,
    ({ restApi, stageName }) => !settled.has(`${restApi}/${stageName}`) && "has no settings of its methods",
  );
}

export const apiRules: Rule[] = [
  {
    id: 37,
    title: "Each request is logged, as JSON with who asked",
    sources: "CKV_AWS_76, AwsSolutions-APIG1, serverless-rules ES2000, WS2001, APIGateway.1",
    violations: graph =>
      each(graph, types.stage, ({ accessLogSettings }) => {
        const { destinationArn, format } = record(accessLogSettings);
        if (!destinationArn) return "has no access log";
        const fields = json(format);
        const absent = neededLogFields.filter(field => !fields[field]);
        return absent.length > 0 && `does not log ${absent.join(", ")} as JSON`;
      }),
  },
  {
    id: 38,
    title: "The API takes part in traces",
    sources: "CKV_AWS_73, serverless-rules WS2002, APIGateway.3",
    violations: graph =>
      each(graph, types.stage, inputs => inputs.xrayTracingEnabled !== true && "is not traced"),
  },
  {
    id: 39,
    title: "All methods are measured, throttled and log errors, without the bodies of requests",
    sources: "CKV2_AWS_4, AwsSolutions-APIG6, serverless-rules ES2003, CKV_AWS_276",
    violations: graph => [
      ...unsettledStages(graph),
      ...each(graph, "aws:apigateway/methodSettings:MethodSettings", inputs => {
        const settings = record(inputs.settings);
        if (inputs.methodPath !== "*/*") return `holds for ${inputs.methodPath} only`;
        if (!["ERROR", "INFO"].includes(String(settings.loggingLevel))) return "logs no errors";
        if (settings.dataTraceEnabled !== false) return "logs the bodies of requests";
        if (settings.metricsEnabled !== true) return "is not measured";
        const isThrottled =
          Number(settings.throttlingRateLimit) > 0 && Number(settings.throttlingBurstLimit) > 0;
        return !isThrottled && "is not throttled";
      }),
    ],
  },
  {
    id: 40,
    title: "Each method needs a key or another authorisation",
    sources: "CKV2_AWS_70, CKV_AWS_59, AwsSolutions-APIG4",
    violations: graph => {
      const paths = new Map(
        resourcesOf(graph, "aws:apigateway/resource:Resource").map(({ id, outputs }) => [id, outputs.path]),
      );
      return each(graph, types.method, ({ httpMethod, authorization, apiKeyRequired, resourceId }) => {
        const isOpen = authorization === "NONE" && apiKeyRequired !== true;
        return (
          isOpen &&
          httpMethod !== "OPTIONS" &&
          `(${httpMethod} ${paths.get(String(resourceId))}) is open to all`
        );
      });
    },
  },
  {
    id: 41,
    title: "Requests are held to their shape before a function runs",
    sources: "CKV2_AWS_53, AwsSolutions-APIG2",
    violations: graph => {
      const validators = new Map(
        resourcesOf(graph, "aws:apigateway/requestValidator:RequestValidator").map(({ id, inputs }) => [
          id,
          inputs,
        ]),
      );
      const models = new Map(
        resourcesOf(graph, "aws:apigateway/model:Model").map(({ inputs }) => [inputs.name, inputs]),
      );
      return each(graph, types.method, ({ httpMethod, requestValidatorId, requestModels }) => {
        if (httpMethod === "OPTIONS") return undefined;
        const validator = validators.get(String(requestValidatorId));
        if (validator?.validateRequestParameters !== true) return "does not check its parameters";
        if (httpMethod === "GET" || httpMethod === "DELETE") return undefined;
        const model = models.get(record(requestModels)["application/json"]);
        if (validator.validateRequestBody !== true || !model) return "does not check its body";
        return json(model.schema).type !== "object" && "accepts any body";
      });
    },
  },
  {
    id: 42,
    title: "Pages of other sites cannot use the API with a visitor's credentials, or at all",
    sources: "CKV2_AWS_75",
    violations: graph =>
      ["aws:apigateway/integrationResponse:IntegrationResponse", "aws:apigateway/response:Response"].flatMap(
        type =>
          each(graph, type, inputs => {
            if (parameterOf(inputs, headerCredentials) !== undefined) return "lets pages send credentials";
            if (parameterOf(inputs, headerHeaders) === "'*'") return "lets pages send any header";
            return parameterOf(inputs, headerOrigin) === "'*'" && "answers the pages of any origin";
          }),
      ),
  },
  {
    id: 43,
    title: "A firewall stands before the API",
    sources: "CKV2_AWS_29, AwsSolutions-APIG3, APIGateway.4",
    violations: graph => {
      const guarded = new Set(
        resourcesOf(graph, "aws:wafv2/webAclAssociation:WebAclAssociation").map(
          ({ inputs }) => inputs.resourceArn,
        ),
      );
      return each(
        graph,
        types.stage,
        (_inputs, { outputs }) => !guarded.has(outputs.arn) && "has no firewall",
      );
    },
  },
  {
    id: 53,
    title: "The API's stage is switched to a new deployment before the old one goes",
    sources: "CKV_AWS_217",
    violations: graph =>
      each(graph, "aws:apigateway/deployment:Deployment", ({ triggers }, deployment) => {
        if (deployment.deleteBeforeReplace === true) return "goes before its successor is there";
        const stage = resourcesOf(graph, types.stage).find(
          ({ inputs }) => inputs.deployment === deployment.id,
        );
        if (!stage) return "is on no stage";
        return Object.keys(record(triggers)).length === 0 && `is not renewed when ${nameOf(stage)} changes`;
      }),
  },
];
