import { z } from "zod";
import { type ProblemCode, problems } from "./problem-codes.ts";

export { type ProblemCode, problem, problems } from "./problem-codes.ts";

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
