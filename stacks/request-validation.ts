/** What a question must be to reach a function; what it may be in detail, the function says in better sentences. */
const questionSchema = {
  $schema: "http://json-schema.org/draft-04/schema#",
  type: "object",
  required: ["query"],
  properties: { query: { type: "string" } },
};

/** Lets API Gateway refuse what no function could answer; stacks/gateway-answers.ts has the words. */
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
  return {
    question,
    validator,
    /** Changes whenever a deployed stage must take it on. */
    revision: JSON.stringify(questionSchema),
  };
}
