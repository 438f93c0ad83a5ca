import { type Change, change, find, type Mistakes, remove } from "../change-graph.ts";

/** Against the rules of the API. */
export const apiMistakes: Mistakes = {
  37: {
    "no log": change("apigateway/stage:Stage", { accessLogSettings: undefined }),
    "not JSON": graph => {
      const { inputs } = find(graph, "apigateway/stage:Stage");
      inputs.accessLogSettings = {
        ...Object(inputs.accessLogSettings),
        format: "$context.requestId $context.status",
      };
    },
    "as SST has it": graph => {
      const { inputs } = find(graph, "apigateway/stage:Stage");
      const format = JSON.parse(Object(inputs.accessLogSettings).format);
      inputs.accessLogSettings = {
        ...Object(inputs.accessLogSettings),
        format: JSON.stringify({ ...format, apiKeyId: undefined }),
      };
    },
  },
  38: { "no traces": change("apigateway/stage:Stage", { xrayTracingEnabled: false }) },
  39: {
    "none at all": remove("MethodSettings"),
    "another stage's": change("MethodSettings", { stageName: "other" }),
    "one method's": change("MethodSettings", { methodPath: "query/POST" }),
    ...Object.fromEntries(
      Object.entries({
        "bodies in the log": { dataTraceEnabled: true },
        "no errors in the log": { loggingLevel: "OFF" },
        "no metrics": { metricsEnabled: false },
        "no rate": { throttlingRateLimit: -1 },
        "no burst": { throttlingBurstLimit: undefined },
      }).map(([mistake, changed]): [string, Change] => [
        mistake,
        graph => {
          const { inputs } = find(graph, "MethodSettings");
          inputs.settings = { ...Object(inputs.settings), ...changed };
        },
      ]),
    ),
  },
  40: {
    "a question without a key": graph => {
      const route = graph.resources.find(
        ({ type, inputs }) => type.endsWith("apigateway/method:Method") && inputs.httpMethod === "POST",
      );
      if (route) route.inputs.apiKeyRequired = false;
    },
  },
  41: {
    "any body": change("apigateway/model:Model", { schema: "{}" }),
    "bodies unseen": change("RequestValidator", { validateRequestBody: false }),
    "parameters unseen": change("RequestValidator", { validateRequestParameters: false }),
    "a method without it": graph => {
      const route = graph.resources.find(
        ({ type, inputs }) => type.endsWith("apigateway/method:Method") && inputs.httpMethod === "GET",
      );
      if (route) delete route.inputs.requestValidatorId;
    },
  },
  42: {
    "all origins": change("IntegrationResponse", {
      responseParameters: { "method.response.header.Access-Control-Allow-Origin": "'*'" },
    }),
    "all headers": change("IntegrationResponse", {
      responseParameters: { "method.response.header.Access-Control-Allow-Headers": "'*'" },
    }),
    credentials: change("apigateway/response:Response", {
      responseParameters: { "gatewayresponse.header.Access-Control-Allow-Credentials": "'true'" },
    }),
  },
  43: { "no firewall": remove("WebAclAssociation") },
  53: {
    "the old one goes first": graph => {
      find(graph, "apigateway/deployment:Deployment").deleteBeforeReplace = true;
    },
    "never renewed": change("apigateway/deployment:Deployment", { triggers: undefined }),
  },
};
