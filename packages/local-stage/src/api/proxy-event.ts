import type { IncomingMessage } from "node:http";
import type { APIGatewayProxyEvent } from "aws-lambda";
import { LOCAL_ACCOUNT_ID } from "../resource-reader.ts";
import type { ApiPlan } from "./api-plan.ts";
import type { RouteMatch } from "./route-table.ts";

type Multi = Record<string, string[]>;

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** The event of a REST API's Lambda proxy integration (payload version 1.0). */
export function buildProxyEvent(input: {
  api: ApiPlan;
  match: RouteMatch;
  request: IncomingMessage;
  url: URL;
  body: string;
  requestId: string;
  nowMs: number;
  apiKey: { id: string; value: string } | undefined;
}): APIGatewayProxyEvent {
  const { api, match, request, url, requestId, apiKey } = input;
  const sourceIp = request.socket.remoteAddress ?? "127.0.0.1";
  const multiValueHeaders = collectHeaders(request);
  multiValueHeaders["X-Forwarded-For"] = [sourceIp];
  multiValueHeaders["X-Forwarded-Port"] = [url.port];
  multiValueHeaders["X-Forwarded-Proto"] = ["http"];
  const multiValueQuery: Multi = {};
  for (const [key, value] of url.searchParams)
    multiValueQuery[key] = [...(multiValueQuery[key] ?? []), value];
  const hasQuery = Object.keys(multiValueQuery).length > 0;
  return {
    resource: match.route.path,
    path: url.pathname,
    httpMethod: request.method ?? "GET",
    headers: lastValues(multiValueHeaders),
    multiValueHeaders,
    queryStringParameters: hasQuery ? lastValues(multiValueQuery) : null,
    multiValueQueryStringParameters: hasQuery ? multiValueQuery : null,
    pathParameters: match.pathParameters,
    stageVariables: null,
    requestContext: {
      accountId: LOCAL_ACCOUNT_ID,
      apiId: api.id,
      authorizer: null,
      domainName: url.hostname,
      domainPrefix: url.hostname.split(".")[0],
      extendedRequestId: requestId,
      httpMethod: request.method ?? "GET",
      identity: {
        accessKey: null,
        accountId: null,
        apiKey: apiKey?.value ?? null,
        apiKeyId: apiKey?.id ?? null,
        caller: null,
        clientCert: null,
        cognitoAuthenticationProvider: null,
        cognitoAuthenticationType: null,
        cognitoIdentityId: null,
        cognitoIdentityPoolId: null,
        principalOrgId: null,
        sourceIp,
        user: null,
        userAgent: request.headers["user-agent"] ?? null,
        userArn: null,
      },
      path: url.pathname,
      protocol: `HTTP/${request.httpVersion}`,
      requestId,
      requestTime: requestTime(input.nowMs),
      requestTimeEpoch: input.nowMs,
      resourceId: match.route.resourceId,
      resourcePath: match.route.path,
      stage: api.stageName,
    },
    body: input.body === "" ? null : input.body,
    isBase64Encoded: false,
  };
}

/** Names keep the case that the client sent, as with API Gateway. */
function collectHeaders(request: IncomingMessage): Multi {
  const headers: Multi = {};
  for (let index = 0; index + 1 < request.rawHeaders.length; index += 2) {
    const name = request.rawHeaders[index] ?? "";
    headers[name] = [...(headers[name] ?? []), request.rawHeaders[index + 1] ?? ""];
  }
  return headers;
}

function lastValues(multi: Multi): Record<string, string> {
  return Object.fromEntries(Object.entries(multi).map(([key, values]) => [key, values.at(-1) ?? ""]));
}

/** Common log format, such as `09/Apr/2015:12:34:56 +0000`. */
export function requestTime(nowMs: number): string {
  const [date = "", time = ""] = new Date(nowMs).toISOString().split(/[T.]/);
  const [year, month, day] = date.split("-");
  return `${day}/${MONTHS[Number(month) - 1]}/${year}:${time} +0000`;
}
