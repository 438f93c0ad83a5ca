import { logger } from "@vibe-charting/runtime";
import type { APIGatewayProxyEvent, Context } from "aws-lambda";
import { type AlertsApiSources, alertsApi } from "../src/api/alerts-api.ts";

// The tests look at answers; what operators would read of the failures among them stays out of the output.
logger.setLogLevel("SILENT");

/** The answer's status and body; the body is taken as it is. */
export type AlertsAnswer = { readonly status: number; readonly body: Record<string, unknown> };

/** Calls the API as API Gateway does, with one key. */
export function alertsClient(sources: AlertsApiSources, apiKeyId = "key-1") {
  const handler = alertsApi(sources);
  const call = async (event: object): Promise<AlertsAnswer> => {
    const whole = {
      headers: { "Content-Type": "application/json" },
      queryStringParameters: null,
      pathParameters: null,
      body: null,
      isBase64Encoded: false,
      requestContext: { identity: { apiKeyId } },
      ...event,
    };
    // The request context has dozens of members, of which the service reads the key's id.
    const response = await handler(whole as unknown as APIGatewayProxyEvent, context);
    return { status: response.statusCode, body: JSON.parse(response.body) };
  };
  return {
    create: (body: unknown) =>
      call({
        httpMethod: "POST",
        resource: "/alerts",
        body: typeof body === "string" ? body : JSON.stringify(body),
      }),
    list: (query: Record<string, string> = {}) =>
      call({ httpMethod: "GET", resource: "/alerts", queryStringParameters: query }),
    end: (id: string) => call({ httpMethod: "DELETE", resource: "/alerts/{id}", pathParameters: { id } }),
  };
}

// Of Lambda's context the wrapper reads the request's id and the time left.
const context = {
  awsRequestId: "test-request",
  getRemainingTimeInMillis: () => 20_000,
} as unknown as Context;
