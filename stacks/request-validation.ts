/** What a question must be to reach a function; what it may be in detail, the function says in better sentences. */
const questionSchema = {
  $schema: "http://json-schema.org/draft-04/schema#",
  type: "object",
  required: ["query"],
  properties: { query: { type: "string" } },
};

/** As much of an alert; the recipient's channel decides on the rest of it. */
const alertSchema = {
  $schema: "http://json-schema.org/draft-04/schema#",
  type: "object",
  required: ["recipient"],
  properties: { recipient: { type: "object", required: ["channel"] } },
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
  const alert = new aws.apigateway.Model("AlertModel", {
    restApi: restApi.id,
    name: "Alert",
    contentType: "application/json",
    description: "Whom to tell, and what",
    schema: JSON.stringify(alertSchema),
  });
  /** By method and path. */
  const models: Readonly<Record<string, aws.apigateway.Model>> = {
    "POST /query": question,
    "POST /alerts": alert,
  };
  const validator = new aws.apigateway.RequestValidator("RequestValidator", {
    restApi: restApi.id,
    name: "body-and-parameters",
    validateRequestBody: true,
    validateRequestParameters: true,
  });
  return {
    models,
    validator,
    /** Changes whenever a deployed stage must take it on. */
    revision: JSON.stringify([questionSchema, alertSchema]),
  };
}
