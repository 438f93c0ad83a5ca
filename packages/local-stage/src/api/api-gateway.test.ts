import { afterEach, expect, it } from "vitest";
import { functionBuild, graphOf, restApi } from "../../test/graph-fixture.ts";
import { findFreePort } from "../free-port.ts";
import type { InvocationResult } from "../functions/invocation.ts";
import type { LoopbackServer } from "../loopback-server.ts";
import { startApiGateway } from "./api-gateway.ts";
import { planApis } from "./api-plan.ts";

const running: LoopbackServer[] = [];
afterEach(async () => {
  for (const server of running.splice(0)) await server.stop();
});

const key = "fixture-key-0123456789";
const succeed = (payload: unknown): InvocationResult => ({
  ok: true,
  requestId: "1",
  payload: JSON.stringify(payload),
});

/** A gateway with an open and a keyed route over a function that answers as told; returns its URL and what it got. */
async function gateway(
  options: {
    answer?: (event: unknown) => Promise<InvocationResult>;
    plan?: Record<string, unknown>;
    /** Bodies of the gateway's own answers. */
    bodies?: Record<string, string>;
    integrationTimeoutMs?: number;
    accessLogFormat?: string;
    accessLog?: (line: string) => void;
  } = {},
) {
  const graph = graphOf(
    restApi(
      [
        { method: "GET", path: "/open/{name}", functionName: "query" },
        { method: "POST", path: "/keyed", functionName: "query", apiKeyRequired: true },
      ],
      options.plan,
    ),
    [functionBuild("query", "plain.ts#http")],
  );
  const [api] = planApis(graph);
  if (api === undefined) throw new Error("the fixture has an API");
  for (const [type, body] of Object.entries(options.bodies ?? {})) {
    api.gatewayResponses[type] = { statusCode: 404, headers: { "content-type": "text/x-test" }, body };
  }
  for (const { integration } of api.routes) {
    if (integration.kind === "function" && options.integrationTimeoutMs !== undefined) {
      integration.timeoutMs = options.integrationTimeoutMs;
    }
  }
  api.accessLogFormat = options.accessLogFormat;
  const events: Record<string, unknown>[] = [];
  const port = await findFreePort();
  const answer = options.answer ?? (async () => succeed({ statusCode: 200, body: "fine" }));
  const server = await startApiGateway({
    api,
    port,
    nowMs: () => Date.UTC(2026, 10, 23, 6, 16, 5),
    log: () => undefined,
    accessLog: options.accessLog,
    host: {
      invoke: async (_name, event) => {
        events.push({ ...(typeof event === "object" ? event : {}) });
        return await answer(event);
      },
    },
  });
  running.push(server);
  return { url: `http://127.0.0.1:${port}`, port, events };
}

async function summary(response: Response) {
  return { status: response.status, body: await response.text() };
}

it("calls the function with a REST API's proxy event and gives back its answer", async () => {
  const { url, port, events } = await gateway({
    answer: async () => succeed({ statusCode: 418, headers: { "X-Own": "yes" }, body: "short and stout" }),
  });
  const response = await fetch(`${url}/open/a%20b?x=1&x=2`, { headers: { "X-Mixed": "case" } });
  const event = events[0] ?? {};
  expect({
    ...(await summary(response)),
    own: response.headers.get("x-own"),
    event: { ...event, headers: undefined, multiValueHeaders: undefined, requestContext: undefined },
  }).toEqual({
    status: 418,
    body: "short and stout",
    own: "yes",
    event: {
      resource: "/open/{name}",
      path: "/open/a%20b",
      httpMethod: "GET",
      queryStringParameters: { x: "2" },
      multiValueQueryStringParameters: { x: ["1", "2"] },
      pathParameters: { name: "a b" },
      stageVariables: null,
      body: null,
      isBase64Encoded: false,
    },
  });
  expect(event.requestContext).toMatchObject({
    accountId: "000000000000",
    apiId: "Api-id",
    stage: "local",
    requestTime: "23/Nov/2026:06:16:05 +0000",
    requestTimeEpoch: Date.UTC(2026, 10, 23, 6, 16, 5),
    resourcePath: "/open/{name}",
    identity: { apiKey: null, sourceIp: "127.0.0.1" },
  });
  expect(event.headers).toMatchObject({ "X-Forwarded-Port": String(port), "X-Forwarded-Proto": "http" });
});

it("hands over body and key of a keyed request", async () => {
  const { url, events } = await gateway();
  await fetch(`${url}/keyed`, { method: "POST", headers: { "x-api-key": key }, body: '{"query":"ü"}' });
  expect(events.map(event => [event.body, event.requestContext])).toMatchObject([
    ['{"query":"ü"}', { identity: { apiKey: key, apiKeyId: "Key-id" } }],
  ]);
});

it.each([
  ["no key", {}],
  ["a wrong key", { "x-api-key": "wrong" }],
])("refuses %s with 403 and CORS headers", async (_case, headers) => {
  const { url, events } = await gateway();
  const response = await fetch(`${url}/keyed`, { method: "POST", headers });
  expect({
    ...(await summary(response)),
    origin: response.headers.get("access-control-allow-origin"),
    calls: events.length,
  }).toEqual({ status: 403, body: '{"message":"Forbidden"}', origin: "*", calls: 0 });
});

it("logs each request in the stage's format, refused ones too", async () => {
  const lines: string[] = [];
  const { url } = await gateway({
    accessLogFormat:
      "$context.requestTime $context.httpMethod $context.resourcePath $context.identity.apiKeyId $context.status $context.responseLength $context.error.message",
    accessLog: line => lines.push(line),
  });
  await fetch(`${url}/open/a`);
  await fetch(`${url}/keyed`, { method: "POST", headers: { "x-api-key": key } });
  await fetch(`${url}/keyed`, { method: "POST" });
  expect(lines).toEqual([
    "23/Nov/2026:06:16:05 +0000 GET /open/{name} - 200 4 -",
    "23/Nov/2026:06:16:05 +0000 POST /keyed Key-id 200 4 -",
    "23/Nov/2026:06:16:05 +0000 POST /keyed - 403 - Forbidden",
  ]);
});

it("answers an unknown route as API Gateway does", async () => {
  const { url } = await gateway();
  expect([
    await summary(await fetch(`${url}/local/keyed`)),
    await summary(await fetch(`${url}//[/keyed`)),
    await summary(await fetch(`${url}/keyed`)),
  ]).toEqual([
    { status: 403, body: '{"message":"Missing Authentication Token"}' },
    { status: 403, body: '{"message":"Missing Authentication Token"}' },
    { status: 403, body: '{"message":"Missing Authentication Token"}' },
  ]);
});

it("answers by itself with the status, the headers and the body that the stacks give", async () => {
  const { url } = await gateway({ bodies: { MISSING_AUTHENTICATION_TOKEN: "nothing there" } });
  const response = await fetch(`${url}/elsewhere`);
  expect([await summary(response), response.headers.get("content-type")]).toEqual([
    { status: 404, body: "nothing there" },
    "text/x-test",
  ]);
});

it("answers a preflight without calling a function", async () => {
  const { url, events } = await gateway();
  const response = await fetch(`${url}/keyed`, { method: "OPTIONS" });
  expect({
    ...(await summary(response)),
    origin: response.headers.get("access-control-allow-origin"),
    calls: events.length,
  }).toEqual({ status: 204, body: "", origin: "*", calls: 0 });
});

it.each([
  ["throttle", { throttleSettings: { rateLimit: 1, burstLimit: 2 } }, "Too Many Requests"],
  ["quota", { quotaSettings: { limit: 2, period: "DAY" } }, "Limit Exceeded"],
])("answers 429 over the plan's %s", async (_case, plan, message) => {
  const { url } = await gateway({ plan });
  const answers = [];
  for (let count = 0; count < 3; count += 1) {
    const response = await fetch(`${url}/keyed`, { method: "POST", headers: { "x-api-key": key } });
    answers.push(await summary(response));
  }
  expect(answers).toEqual([
    { status: 200, body: "fine" },
    { status: 200, body: "fine" },
    { status: 429, body: JSON.stringify({ message }) },
  ]);
});

it.each<[string, () => Promise<InvocationResult>]>([
  [
    "fails",
    async () => ({ ok: false, requestId: "1", error: { errorType: "E", errorMessage: "secret", trace: [] } }),
  ],
  ["answers something malformed", async () => succeed({ status: 200 })],
])("answers 502 without details when the function %s", async (_case, answer) => {
  const { url } = await gateway({ answer });
  expect(await summary(await fetch(`${url}/open/x`))).toEqual({
    status: 502,
    body: '{"message":"Internal server error"}',
  });
});

it("answers 504 when the integration takes too long", async () => {
  const { url } = await gateway({ answer: () => new Promise(() => undefined), integrationTimeoutMs: 20 });
  expect(await summary(await fetch(`${url}/open/x`))).toEqual({
    status: 504,
    body: '{"message":"Endpoint request timed out"}',
  });
});

it("answers 413 for a body over 10 MB", async () => {
  const { url, events } = await gateway();
  const body = Buffer.alloc(10 * 1024 * 1024 + 1, "x");
  const response = await fetch(`${url}/keyed`, { method: "POST", headers: { "x-api-key": key }, body });
  expect([await summary(response), events.length]).toEqual([
    { status: 413, body: '{"message":"Request Too Long"}' },
    0,
  ]);
});

it("says that the port is in use", async () => {
  const { port } = await gateway();
  const [api] = planApis(graphOf(restApi([])));
  if (api === undefined) throw new Error("the fixture has an API");
  const second = startApiGateway({
    api,
    port,
    log: () => undefined,
    host: { invoke: async () => succeed(null) },
  });
  await expect(second).rejects.toThrow(
    `The API fixture-api cannot listen on 127.0.0.1:${port}: the port is in use. Stop what uses it, or choose another port.`,
  );
});
