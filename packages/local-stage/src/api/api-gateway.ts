import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { FunctionHost } from "../functions/function-host.ts";
import { type LoopbackServer, startLoopbackServer } from "../loopback-server.ts";
import { type AccessLogContext, logWhenAnswered } from "./access-log.ts";
import type { ApiPlan, Integration } from "./api-plan.ts";
import { buildProxyEvent, requestTime } from "./proxy-event.ts";
import { parseProxyResponse } from "./proxy-response.ts";
import { createRouteTable } from "./route-table.ts";
import type { SiteServer } from "./static-site.ts";
import { createTokenBucket, createUsageMeter } from "./usage-meter.ts";

/** API Gateway's limit for a request's body. */
const MAX_BODY_BYTES = 10 * 1024 * 1024;

/** The gateway's own answers: status, message and class, as API Gateway documents its gateway responses. */
const GATEWAY_ANSWERS = {
  MISSING_AUTHENTICATION_TOKEN: [403, "Missing Authentication Token"],
  INVALID_API_KEY: [403, "Forbidden"],
  THROTTLED: [429, "Too Many Requests"],
  QUOTA_EXCEEDED: [429, "Limit Exceeded"],
  REQUEST_TOO_LARGE: [413, "Request Too Long"],
  INTEGRATION_FAILURE: [502, "Internal server error"],
  INTEGRATION_TIMEOUT: [504, "Endpoint request timed out"],
} as const;
type GatewayAnswer = keyof typeof GATEWAY_ANSWERS;

/** Answers HTTP as the deployed stage of one REST API does, without the stage's name in the path. */
export async function startApiGateway(options: {
  api: ApiPlan;
  port: number;
  host: Pick<FunctionHost, "invoke">;
  /** The page that is served on the same origin. */
  site?: SiteServer | undefined;
  log: (message: string) => void;
  /** Takes each line of the stage's access log. */
  accessLog?: ((line: string) => void) | undefined;
  nowMs?: () => number;
}): Promise<LoopbackServer> {
  const { api, port } = options;
  const nowMs = options.nowMs ?? Date.now;
  const findRoute = createRouteTable(api.routes);
  const admit = createUsageMeter(api.usagePlans);
  const stageBucket = api.stageThrottle && createTokenBucket(api.stageThrottle);

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const requestId = randomUUID();
    response.setHeader("x-amzn-RequestId", requestId);
    const context: AccessLogContext = {
      requestId,
      requestTime: requestTime(nowMs()),
      httpMethod: request.method,
      "identity.sourceIp": request.socket.remoteAddress,
      "identity.userAgent": request.headers["user-agent"],
    };
    const refuse = (kind: GatewayAnswer) => {
      context["error.message"] = GATEWAY_ANSWERS[kind][1];
      gatewayAnswer(api, response, kind);
    };
    // Joined rather than resolved: "//host/path" is a path here.
    const url = new URL(`http://127.0.0.1:${port}${request.url ?? "/"}`);
    const match = findRoute(request.method ?? "GET", url.pathname);
    const mayBePage = match === undefined || match.route.apiKeyRequired;
    if (mayBePage && options.site?.(request, response, url.pathname)) return;
    if (options.accessLog && api.accessLogFormat !== undefined) {
      logWhenAnswered(response, { format: api.accessLogFormat, write: options.accessLog }, context);
    }
    if (match === undefined) return refuse("MISSING_AUTHENTICATION_TOKEN");
    context.resourcePath = match.route.path;
    if (stageBucket !== undefined && !stageBucket.take(nowMs())) return refuse("THROTTLED");
    let apiKey: { id: string; value: string } | undefined;
    if (match.route.apiKeyRequired) {
      const value = request.headers["x-api-key"]?.toString();
      const admission = admit(value, nowMs());
      if (admission.kind === "forbidden") return refuse("INVALID_API_KEY");
      if (admission.kind === "throttled") return refuse("THROTTLED");
      if (admission.kind === "quota-exceeded") return refuse("QUOTA_EXCEEDED");
      apiKey = { id: admission.apiKeyId, value: value ?? "" };
      context["identity.apiKeyId"] = apiKey.id;
    }
    const body = await readBody(request);
    if (body === undefined) return refuse("REQUEST_TOO_LARGE");
    const { integration } = match.route;
    if (integration.kind === "mock") {
      response.writeHead(integration.statusCode, integration.headers);
      response.end();
      return;
    }
    const event = buildProxyEvent({ api, match, request, url, body, requestId, nowMs: nowMs(), apiKey });
    const invokedAt = performance.now();
    const result = await withinTimeout(integration, options.host.invoke(integration.functionName, event));
    context["integration.latency"] = Math.round(performance.now() - invokedAt);
    if (result === "timeout") return refuse("INTEGRATION_TIMEOUT");
    if (!result.ok) {
      options.log(
        `${request.method} ${url.pathname}: ${integration.functionName}: ${result.error.errorMessage}`,
      );
      return refuse("INTEGRATION_FAILURE");
    }
    const proxied = parseProxyResponse(result.payload);
    if (proxied === undefined) {
      options.log(
        `${request.method} ${url.pathname}: ${integration.functionName} answered what API Gateway calls malformed: ${result.payload.slice(0, 200)}`,
      );
      return refuse("INTEGRATION_FAILURE");
    }
    context["integration.status"] = proxied.statusCode;
    context.responseLength = proxied.body.length;
    for (const [name, value] of proxied.headers) response.appendHeader(name, value);
    response.writeHead(proxied.statusCode);
    response.end(proxied.body);
  };

  return await startLoopbackServer({
    port,
    purpose: `The API ${api.name}`,
    listener: (request, response) => {
      void answer(request, response).catch(error => {
        options.log(`${request.method} ${request.url}: ${String(error)}`);
        if (response.headersSent) response.destroy();
        else gatewayAnswer(api, response, "INTEGRATION_FAILURE");
      });
    },
  });
}

async function withinTimeout<T>(
  integration: Extract<Integration, { kind: "function" }>,
  work: Promise<T>,
): Promise<T | "timeout"> {
  const timeout = Promise.withResolvers<"timeout">();
  const timer = setTimeout(() => timeout.resolve("timeout"), integration.timeoutMs);
  try {
    return await Promise.race([work, timeout.promise]);
  } finally {
    clearTimeout(timer);
  }
}

/** Nothing when it is too long. */
async function readBody(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    // The rest is read and dropped, so that the client gets the answer rather than a broken pipe.
    if (size <= MAX_BODY_BYTES) chunks.push(bytes);
    else chunks.length = 0;
  }
  return size > MAX_BODY_BYTES ? undefined : Buffer.concat(chunks).toString("utf8");
}

function gatewayAnswer(api: ApiPlan, response: ServerResponse, kind: GatewayAnswer): void {
  const [status, message] = GATEWAY_ANSWERS[kind];
  const custom =
    api.gatewayResponses[kind] ?? api.gatewayResponses[status < 500 ? "DEFAULT_4XX" : "DEFAULT_5XX"];
  response.writeHead(custom?.statusCode ?? status, {
    "content-type": "application/json",
    ...custom?.headers,
  });
  response.end(custom?.body ?? JSON.stringify({ message }));
}
