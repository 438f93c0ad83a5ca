import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context } from "aws-lambda";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { type ApiRequest, type ApiResponse, httpApi, ProblemError, parseInput } from "./http-api.ts";
import { logger } from "./logger.ts";

beforeEach(() => {
  vi.restoreAllMocks();
  vi.spyOn(logger, "error").mockImplementation(() => undefined);
});

/** Only what a handler reads of the context. */
const context = { awsRequestId: "request-1", getRemainingTimeInMillis: () => 20_000 } as Context;

/** Only what a handler reads of the event. */
function request(overrides: Partial<APIGatewayProxyEvent> = {}): APIGatewayProxyEvent {
  return {
    httpMethod: "POST",
    resource: "/query",
    headers: { "content-type": "application/json", origin: "https://example.com" },
    body: '{"query":"top 5"}',
    isBase64Encoded: false,
    queryStringParameters: null,
    pathParameters: null,
    ...overrides,
  } as APIGatewayProxyEvent;
}

async function call(
  event: APIGatewayProxyEvent,
  answer: (request: ApiRequest) => Promise<ApiResponse> = async ({ body }) => ({ body }),
): Promise<{ status: number; headers: APIGatewayProxyResult["headers"]; body: unknown }> {
  const { statusCode, headers, body } = await httpApi("query", answer)(event, context);
  return { status: statusCode, headers, body: JSON.parse(body) };
}

const corsHeaders = {
  "access-control-allow-origin": "*",
  "access-control-allow-headers": "content-type,x-api-key",
  "access-control-allow-methods": "GET,POST,DELETE,OPTIONS",
  "access-control-expose-headers": "etag,retry-after",
};

function lowerCased(headers: APIGatewayProxyResult["headers"]) {
  return Object.fromEntries(
    Object.entries(headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]),
  );
}

describe("httpApi", () => {
  it("hands over the operation, its parameters and the parsed body", async () => {
    const seen: ApiRequest[] = [];
    const answer = async (apiRequest: ApiRequest) => {
      seen.push(apiRequest);
      return { body: { ok: true } };
    };
    const ofKey = { requestContext: { identity: { apiKeyId: "key-1" } } } as unknown as APIGatewayProxyEvent;
    expect((await call(request(ofKey), answer)).body).toEqual({ ok: true });
    await call(
      request({
        httpMethod: "GET",
        resource: "/coins/{symbol}/prices",
        body: null,
        queryStringParameters: { timeframe: "7d" },
        pathParameters: { symbol: "BTC" },
      }),
      answer,
    );
    expect(seen).toEqual([
      {
        operation: "askQuestion",
        parameters: {},
        body: { query: "top 5" },
        requestId: "request-1",
        apiKeyId: "key-1",
      },
      {
        operation: "getPrices",
        parameters: { timeframe: "7d", symbol: "BTC" },
        body: null,
        requestId: "request-1",
        apiKeyId: null,
      },
    ]);
  });

  it.each(["content-type", "Content-Type", "CONTENT-TYPE"])("reads the header %s", async name => {
    const headers = { [name]: "application/json; charset=utf-8" };
    expect((await call(request({ headers }))).status).toBe(200);
  });

  it("puts the CORS headers on answers", async () => {
    const { headers } = await call(request());
    expect(lowerCased(headers)).toMatchObject({ "content-type": "application/json", ...corsHeaders });
  });

  const unsupported = { status: 415, code: "request.unsupported_media_type" };
  const malformed = { status: 400, code: "request.malformed_json" };
  const badRequests: [string, Partial<APIGatewayProxyEvent>, { status: number; code: string }][] = [
    ["no content type", { headers: {} }, unsupported],
    ["another content type", { headers: { "content-type": "text/plain" } }, unsupported],
    ["a body that is not JSON", { body: "{query: 1}" }, malformed],
    ["an empty body", { body: "" }, malformed],
    ["half a body", { body: '{"query":"top' }, malformed],
    ["a body with __proto__", { body: '{"query":"a","__proto__":{"admin":true}}' }, malformed],
    ["a body with constructor.prototype", { body: '{"constructor":{"prototype":{"x":1}}}' }, malformed],
  ];
  it.each(badRequests)("answers %s with problem details and CORS headers", async (_, overrides, problem) => {
    const { status, headers, body } = await call(request(overrides));
    expect(status).toBe(problem.status);
    expect(body).toMatchObject({ ...problem, retryable: false });
    expect(lowerCased(headers)).toMatchObject({ "content-type": "application/problem+json", ...corsHeaders });
  });

  it("answers a problem with its details", async () => {
    const { status, body } = await call(request(), async () => {
      throw new ProblemError("query.unknown_symbol", "No coin has the symbol BTX.", { suggestions: ["BTC"] });
    });
    expect({ status, body }).toEqual({
      status: 404,
      body: {
        type: "https://api.vibe-charting.com/problems/query.unknown_symbol",
        title: "No coin has this symbol",
        status: 404,
        code: "query.unknown_symbol",
        detail: "No coin has the symbol BTX.",
        retryable: false,
        suggestions: ["BTC"],
      },
    });
  });

  it("answers an unknown error with 500, when to try again, CORS headers and no details", async () => {
    const secret = new Error("password authentication failed for vibe_charting");
    const { status, headers, body } = await call(request(), async () => {
      throw secret;
    });
    expect(status).toBe(500);
    expect(body).toMatchObject({ code: "service.internal", retryable: true });
    expect(JSON.stringify(body)).not.toContain("password");
    expect(lowerCased(headers)).toMatchObject({ "retry-after": "5", ...corsHeaders });
    expect(vi.mocked(logger.error).mock.calls).toEqual([
      ["request failed", { code: "service.internal", error: secret }],
    ]);
  });

  it("does not log errors of the caller", async () => {
    await call(request({ body: "no JSON" }));
    expect(logger.error).not.toHaveBeenCalled();
  });

  it("answers a route that no operation has with 500, since the stack made it", async () => {
    const { status } = await call(request({ resource: "/nowhere" }));
    expect(status).toBe(500);
  });
});

describe("parseInput", () => {
  const schema = z.object({ query: z.string().min(1), limit: z.number() });

  it("gives what the schema makes of the input", () => {
    expect(parseInput(schema, { query: "a", limit: 1, other: true }, "body")).toEqual({
      query: "a",
      limit: 1,
    });
  });

  it("names every wrong field", () => {
    const parse = () => parseInput(schema, { query: "" }, "body");
    expect(parse).toThrow(ProblemError);
    expect(parse).toThrow(
      "The body is not valid. query: Too small: expected string to have >=1 characters; limit: Invalid input: expected number, received undefined",
    );
  });

  it("names the whole where no field can be named", () => {
    expect(() => parseInput(schema, null, "body")).toThrow(
      "The body is not valid. body: Invalid input: expected object, received null",
    );
  });
});
