/** What a question must be to reach a function; what it may be in detail, the function says in better sentences. */
const questionSchema = {
  $schema: "http://json-schema.org/draft-04/schema#",
  type: "object",
  required: ["query"],
  properties: { query: { type: "string" } },
};

/** Problem details as the functions answer them: packages/contracts/src/http/problem.ts. */
const refusals = [
  {
    type: "BAD_REQUEST_BODY",
    detail: 'The body must be an object such as {"query": "best performers this week"}.',
  },
  { type: "BAD_REQUEST_PARAMETERS", detail: "A parameter of the path is missing." },
].map(({ type, detail }) => ({
  type,
  body: JSON.stringify({
    type: "https://api.vibe-charting.com/problems/request.invalid",
    title: "The request is not valid",
    status: 400,
    code: "request.invalid",
    detail,
    retryable: false,
  }),
}));

/** Lets API Gateway refuse what no function could answer, in the words of the contract. */
export function declareRequestValidation(restApi: aws.apigateway.RestApi) {
  const question = new aws.apigateway.Model("QuestionModel", {
    restApi: restApi.id,
    name: "Question",
    contentType: "application/json",
    description: "A question in plain English",
    schema: JSON.stringify(questionSchema),
  });
  const validator = new aws.apigateway.RequestValidator("RequestValidator", {
    restApi: restApi.id,
    name: "body-and-parameters",
    validateRequestBody: true,
    validateRequestParameters: true,
  });
  const responses = refusals.map(
    ({ type, body }) =>
      new aws.apigateway.Response(`Refusal${type}`, {
        restApiId: restApi.id,
        responseType: type,
        statusCode: "400",
        responseParameters: {
          "gatewayresponse.header.Access-Control-Allow-Origin": "'*'",
          "gatewayresponse.header.Content-Type": "'application/problem+json'",
        },
        responseTemplates: { "application/json": body },
      }),
  );
  return {
    question,
    validator,
    responses,
    /** Changes whenever a deployed stage must take it on. */
    revision: JSON.stringify([questionSchema, refusals]),
  };
}
