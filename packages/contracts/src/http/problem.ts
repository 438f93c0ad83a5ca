import { z } from "zod";

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
  "query.unknown_symbol": { status: 404, title: "No coin has this symbol", retryable: false },
  "service.unavailable": { status: 503, title: "The service cannot answer now", retryable: true },
  "service.internal": { status: 500, title: "Something went wrong here", retryable: true },
} as const;
export type ProblemCode = keyof typeof problems;

/** The body of an error: problem details (RFC 9457) with a stable code and whether a retry helps. */
export const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.enum(Object.keys(problems) as [ProblemCode, ...ProblemCode[]]),
  detail: z.string().describe("What happened, to which thing, and what to do."),
  retryable: z.boolean(),
  errors: z.array(z.object({ field: z.string(), message: z.string() })).optional(),
  suggestions: z.array(z.string()).optional(),
});
export type Problem = z.infer<typeof Problem>;

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
