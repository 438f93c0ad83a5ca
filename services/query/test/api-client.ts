import type { Database } from "@vibe-charting/database";
import { logger } from "@vibe-charting/runtime";
import type { APIGatewayProxyEvent, Context } from "aws-lambda";
import { type QueryApiSources, queryApi } from "../src/query-api.ts";
import { now } from "./market-fixture.ts";

// The tests look at answers; what operators would read of the failures among them stays out of the output.
logger.setLogLevel("SILENT");

export type ApiAnswer = {
  readonly status: number;
  readonly headers: Record<string, unknown>;
  readonly body: unknown;
};

export type ApiCall = {
  readonly method?: "GET" | "POST";
  /** The path's template, as API Gateway matched it. */
  readonly resource: string;
  readonly path?: Record<string, string>;
  readonly query?: Record<string, string>;
  readonly headers?: Record<string, string>;
  /** The raw body; an object is sent as JSON. */
  readonly body?: unknown;
};

/** Calls the API as API Gateway does, on a database of the test's own. */
export function apiClient(
  database: Database | (() => Promise<Database>),
  sources: Partial<QueryApiSources> = {},
): (call: ApiCall) => Promise<ApiAnswer> {
  const handler = queryApi({
    openDatabase: typeof database === "function" ? database : async () => database,
    readQueueDepths: async () => ({ analysis: 0, alertSignals: 0, deadLetters: {} }),
    now: () => now,
    ...sources,
  });
  return async call => {
    const response = await handler(toEvent(call), context);
    const body = typeof response.body === "string" && response.body !== "" ? JSON.parse(response.body) : null;
    return { status: response.statusCode, headers: { ...response.headers }, body };
  };
}

function toEvent({ method = "GET", resource, path, query, headers, body }: ApiCall): APIGatewayProxyEvent {
  const event = {
    httpMethod: method,
    resource,
    path: resource,
    headers: method === "POST" ? { "Content-Type": "application/json", ...headers } : { ...headers },
    multiValueHeaders: {},
    pathParameters: path ?? null,
    queryStringParameters: query ?? null,
    multiValueQueryStringParameters: null,
    stageVariables: null,
    body: body === undefined || typeof body === "string" ? (body ?? null) : JSON.stringify(body),
    isBase64Encoded: false,
  };
  // The request context has dozens of members, none of which the service reads.
  return { ...event, requestContext: {} } as unknown as APIGatewayProxyEvent;
}

// Of Lambda's context the wrapper reads the request's id and the time left.
const context = {
  awsRequestId: "test-request",
  getRemainingTimeInMillis: () => 20_000,
} as unknown as Context;
