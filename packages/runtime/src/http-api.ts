import middy from "@middy/core";
import httpCors from "@middy/http-cors";
import httpErrorHandler from "@middy/http-error-handler";
import httpHeaderNormalizer from "@middy/http-header-normalizer";
import httpJsonBodyParser from "@middy/http-json-body-parser";
import { createError } from "@middy/util";
import {
  findOperation,
  isOperationOf,
  type OperationName,
  type OperationOf,
  type Problem,
  type ProblemCode,
  problem,
  problems,
  type ServiceName,
} from "@vibe-charting/contracts";
import { isDatabaseUnavailable } from "@vibe-charting/database";
import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context } from "aws-lambda";
import type { z } from "zod";
import { logger } from "./logger.ts";

/** An answer that is an error, with its problem details. */
export class ProblemError extends Error {
  override readonly name = "ProblemError";
  readonly problem: Problem;
  constructor(
    code: ProblemCode,
    detail: string,
    extra: Pick<Problem, "errors" | "suggestions"> & { cause?: unknown } = {},
  ) {
    const { cause, ...members } = extra;
    super(detail, { cause });
    this.problem = problem(code, detail, members);
  }
}

type Middleware = middy.MiddlewareObj<APIGatewayProxyEvent, APIGatewayProxyResult>;

export type ApiRequest<Name extends OperationName = OperationName> = {
  readonly operation: Name;
  /** Path and query parameters by their names. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly body: unknown;
  readonly requestId: string;
  /** Tells callers apart; null for operations without a key. */
  readonly apiKeyId: string | null;
};

export type ApiResponse = {
  /** 200 unless said otherwise. */
  readonly status?: 200 | 201;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
};

/**
 * A handler of the HTTP API for the operations of one service. Every failure becomes problem details once, here; the order of the middlewares puts
 * the CORS headers on errors too, since a browser shows an error without them as a network failure.
 */
export function httpApi<Service extends ServiceName>(
  service: Service,
  answer: (request: ApiRequest<OperationOf<Service>>) => Promise<ApiResponse>,
) {
  return middy<APIGatewayProxyEvent, APIGatewayProxyResult>({ timeoutEarlyInMillis: 500 })
    .use(httpHeaderNormalizer())
    .use(
      httpCors({
        origin: "*",
        headers: "content-type,x-api-key",
        methods: "GET,POST,DELETE,OPTIONS",
        // Pages of other origins see no header beside the simplest ones otherwise.
        exposeHeaders: "etag,retry-after",
      }),
    )
    .use(httpErrorHandler({ logger: false }))
    .use(problemDetails())
    .use(jsonBodyOfPosts())
    .handler(async (event: APIGatewayProxyEvent, context: Context) => {
      const operation = findOperation(event.httpMethod, event.resource);
      if (!operation || !isOperationOf(service, operation)) {
        throw new Error(`No operation of ${service} answers ${event.httpMethod} ${event.resource}`);
      }
      const {
        status = 200,
        body,
        headers,
      } = await answer({
        operation,
        parameters: presentParameters({ ...event.queryStringParameters, ...event.pathParameters }),
        body: event.body,
        requestId: context.awsRequestId,
        apiKeyId: event.requestContext?.identity?.apiKeyId ?? null,
      });
      return {
        statusCode: status,
        headers: { "Content-Type": "application/json", ...headers },
        body: JSON.stringify(body),
      };
    });
}

/** Parses input by its schema, or throws a problem that names each wrong field. */
export function parseInput<Schema extends z.ZodType>(
  schema: Schema,
  input: unknown,
  what: string,
): z.infer<Schema> {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  const errors = result.error.issues.map(({ path, message }) => ({ field: path.join(".") || what, message }));
  const summary = errors.map(({ field, message }) => `${field}: ${message}`).join("; ");
  throw new ProblemError("request.invalid", `The ${what} is not valid. ${summary}`, { errors });
}

function problemDetails(): Middleware {
  return {
    onError: request => {
      request.error = toHttpError(request.error);
    },
  };
}

/** A GET has no body to parse. */
function jsonBodyOfPosts(): Middleware {
  const parser: Middleware = httpJsonBodyParser();
  return { before: request => (request.event.httpMethod === "POST" ? parser.before?.(request) : undefined) };
}

function presentParameters(parameters: Record<string, string | undefined>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(parameters).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}

function toHttpError(error: unknown): Error {
  const details = toProblem(error);
  if (details.status >= 500) logger.error("request failed", { code: details.code, error });
  // createError takes no headers, and the error handler reads them off the error.
  return Object.assign(createError(details.status, JSON.stringify(details), { expose: true }), {
    headers: {
      "Content-Type": "application/problem+json",
      ...(details.retryable ? { "Retry-After": "5" } : {}),
    },
  });
}

function toProblem(error: unknown): Problem {
  if (error instanceof ProblemError) return error.problem;
  if (isDatabaseUnavailable(error)) {
    return problem("service.unavailable", "The database does not answer now. Try again in a few seconds.");
  }
  const status =
    typeof error === "object" && error !== null && "statusCode" in error ? error.statusCode : undefined;
  if (status === problems["request.unsupported_media_type"].status) {
    return problem(
      "request.unsupported_media_type",
      "Send the body as JSON with the header `content-type: application/json`.",
    );
  }
  if (status === 422) {
    return problem(
      "request.malformed_json",
      "The body is not JSON. Send a JSON object; GET /openapi.json says what it holds.",
    );
  }
  if (status === 400) return problem("request.invalid", "The request is not valid.");
  return problem(
    "service.internal",
    "The answer could not be worked out. Try again; if it stays so, the operators' log has this request.",
  );
}
