import type { Problem } from "@vibe-charting/contracts";

/** What went wrong with a request, as far as somebody at the page can do something about it. */
export type FailureKind =
  | "offline"
  | "unreachable"
  | "rate-limited"
  | "quota-used-up"
  | "refused"
  | "own-key-refused"
  | "unavailable"
  | "not-found"
  | "invalid";

export class ApiError extends Error {
  override readonly name = "ApiError";
  readonly kind: FailureKind;
  /** How long the API asks to wait, or null where it does not say. */
  readonly retryAfterSeconds: number | null;
  readonly suggestions: readonly string[];
  /** What is wrong with which part of the request. */
  readonly fields: readonly { readonly field: string; readonly message: string }[];
  constructor(
    kind: FailureKind,
    message: string,
    options: {
      retryAfterSeconds?: number | null;
      suggestions?: readonly string[];
      fields?: readonly { readonly field: string; readonly message: string }[];
      cause?: unknown;
    } = {},
  ) {
    super(message, { cause: options.cause });
    this.kind = kind;
    this.retryAfterSeconds = options.retryAfterSeconds ?? null;
    this.suggestions = options.suggestions ?? [];
    this.fields = options.fields ?? [];
  }
}

const retryable: readonly FailureKind[] = ["offline", "unreachable", "rate-limited", "unavailable"];
/** Nobody looks at grey lines for longer without a word. */
const longestSilentWaitSeconds = 3;

/** Whether a request is tried again before anything is said. */
export function isRetryable(error: unknown): boolean {
  if (!(error instanceof ApiError) || !retryable.includes(error.kind)) return false;
  return (error.retryAfterSeconds ?? 0) <= longestSilentWaitSeconds;
}

/** Reads an answer that is an error, to a request with the page's key or with the reader's own. */
export async function toApiError(response: Response, isOwnKey = false): Promise<ApiError> {
  const problem = await readProblem(response);
  const kind =
    problem?.code === "access.quota_exceeded" ? "quota-used-up" : kindOf(response.status, isOwnKey);
  const retryAfter = Number(response.headers.get("retry-after") ?? Number.NaN);
  return new ApiError(kind, problem?.detail ?? `The server answered with status ${response.status}.`, {
    retryAfterSeconds: Number.isFinite(retryAfter) ? retryAfter : null,
    suggestions: problem?.suggestions ?? [],
    fields: problem?.errors ?? [],
  });
}

function kindOf(status: number, isOwnKey: boolean): FailureKind {
  if (status === 429) return "rate-limited";
  if (status === 401 || status === 403) return isOwnKey ? "own-key-refused" : "refused";
  if (status === 404) return "not-found";
  return status >= 500 ? "unavailable" : "invalid";
}

/** The gateway's own errors are no problem details: they have a message that says less than the status. */
async function readProblem(response: Response): Promise<Partial<Problem> | undefined> {
  if (!response.headers.get("content-type")?.startsWith("application/problem+json")) return undefined;
  const body: unknown = await response.json().catch(() => undefined);
  // The media type says what it is, and every member is looked at before it is used.
  return typeof body === "object" && body !== null ? (body as Partial<Problem>) : undefined;
}
