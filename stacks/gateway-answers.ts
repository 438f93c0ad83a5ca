import { type ProblemCode, problem } from "../packages/contracts/src/http/problem-codes.ts";

type GatewayAnswer = {
  types: readonly string[];
  code: ProblemCode;
  detail: string;
  retryAfterSeconds?: number;
};

const internal = {
  code: "service.internal",
  detail:
    "The answer could not be worked out. Try again; if it stays so, the operators' log has this request.",
  retryAfterSeconds: 5,
} as const;

/** What API Gateway answers by itself, in the words of the contract, by its own types of answers. */
const answers: readonly GatewayAnswer[] = [
  {
    types: ["BAD_REQUEST_BODY"],
    code: "request.invalid",
    detail: 'The body must be an object such as {"query": "best performers this week"}.',
  },
  {
    types: ["BAD_REQUEST_PARAMETERS"],
    code: "request.invalid",
    detail: "A parameter of the path is missing.",
  },
  {
    // API Gateway's name for a method and path that no route has.
    types: ["MISSING_AUTHENTICATION_TOKEN", "RESOURCE_NOT_FOUND"],
    code: "request.unknown_path",
    detail: "Look at the method and the path; /openapi.json lists what there is.",
  },
  {
    types: ["REQUEST_TOO_LARGE"],
    code: "request.too_large",
    detail: "Send at most 10 MB; a question has at most 500 characters.",
  },
  {
    types: ["INVALID_API_KEY"],
    code: "access.invalid_key",
    detail: "Send your key in the header `x-api-key`.",
  },
  {
    types: ["THROTTLED"],
    code: "access.throttled",
    detail: "Wait a second, and ask less often.",
    retryAfterSeconds: 1,
  },
  {
    types: ["QUOTA_EXCEEDED"],
    code: "access.quota_exceeded",
    detail: "Ask again when the quota's next period begins, or ask the operators for more.",
  },
  {
    types: ["INTEGRATION_TIMEOUT"],
    code: "service.timeout",
    detail: "Try again; a shorter list or timeframe is faster.",
    retryAfterSeconds: 5,
  },
  { types: ["INTEGRATION_FAILURE", "API_CONFIGURATION_ERROR"], ...internal },
];

// SST declares it for the CORS headers; whatever else goes wrong there has a body too.
$transform(aws.apigateway.Response, args => {
  if (args.responseType === "DEFAULT_5XX")
    Object.assign(args, responseArgs(internal, args.responseParameters));
});

/** Declares the gateway's own answers; a new deployment is needed when `revision` changes. */
export function declareGatewayAnswers(restApi: aws.apigateway.RestApi) {
  const responses = answers.flatMap(answer =>
    answer.types.map(
      type =>
        new aws.apigateway.Response(`Answer${type}`, {
          restApiId: restApi.id,
          responseType: type,
          ...responseArgs(answer, { "gatewayresponse.header.Access-Control-Allow-Origin": "'*'" }),
        }),
    ),
  );
  return { responses, revision: JSON.stringify([answers, internal]) };
}

function responseArgs(
  { code, detail, retryAfterSeconds }: Omit<GatewayAnswer, "types">,
  headers: $util.Input<Record<string, $util.Input<string>>> | undefined,
) {
  const body = problem(code, detail);
  return {
    statusCode: String(body.status),
    responseParameters: $output(headers).apply(given => ({
      ...given,
      "gatewayresponse.header.Content-Type": "'application/problem+json'",
      ...(retryAfterSeconds && { "gatewayresponse.header.Retry-After": `'${retryAfterSeconds}'` }),
    })),
    responseTemplates: { "application/json": JSON.stringify(body) },
  };
}
