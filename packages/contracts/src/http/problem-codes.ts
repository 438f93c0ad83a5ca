import type { Problem } from "./problem.ts";

// Apart from the schema, so that the stacks, which give the gateway's own answers, load none.

/** Every error of the HTTP API: its status and what it is called. A code never changes its meaning. */
export const problems = {
  "request.malformed_json": { status: 400, title: "The body is not valid JSON", retryable: false },
  "request.unsupported_media_type": {
    status: 415,
    title: "The body must be application/json",
    retryable: false,
  },
  "request.invalid": { status: 400, title: "The request is not valid", retryable: false },
  "request.invalid_cursor": {
    status: 400,
    title: "The cursor is not one that this API gave",
    retryable: false,
  },
  "request.unknown_path": { status: 404, title: "No operation has this method and path", retryable: false },
  "request.too_large": { status: 413, title: "The request is too large", retryable: false },
  "access.invalid_key": { status: 403, title: "The API key is missing or wrong", retryable: false },
  "access.public_key": { status: 403, title: "This key is everybody's", retryable: false },
  "access.throttled": { status: 429, title: "Too many requests at once", retryable: true },
  "access.quota_exceeded": { status: 429, title: "The key's quota is used up", retryable: false },
  "query.unknown_symbol": { status: 404, title: "No coin has this symbol", retryable: false },
  "alert.not_found": { status: 404, title: "This key has no such alert", retryable: false },
  "alert.recipient_taken": { status: 409, title: "Another key alerts this recipient", retryable: false },
  "alert.limit_reached": { status: 409, title: "There are as many alerts as there may be", retryable: false },
  "service.unavailable": { status: 503, title: "The service cannot answer now", retryable: true },
  "service.timeout": { status: 504, title: "The answer took too long", retryable: true },
  "service.internal": { status: 500, title: "Something went wrong here", retryable: true },
} as const;
export type ProblemCode = keyof typeof problems;

/** Builds the body of an error. */
export function problem(
  code: ProblemCode,
  detail: string,
  extra: Pick<Problem, "errors" | "suggestions"> = {},
): Problem {
  const { status, title, retryable } = problems[code];
  return {
    type: `https://api.vibe-charting.com/problems/${code}`,
    title,
    status,
    code,
    detail,
    retryable,
    ...extra,
  };
}
