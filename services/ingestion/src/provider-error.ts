import axios, { type AxiosError } from "axios";

/** A market data provider did not give what was asked for. */
export class ProviderError extends Error {
  override readonly name = "ProviderError";
  /** Whether the same request may succeed soon. */
  readonly retryable: boolean;
  /** The wait that the provider asks for, milliseconds; null where it names none. */
  readonly retryAfterMs: number | null;
  constructor(
    message: string,
    options: { retryable: boolean; retryAfterMs?: number | null; cause?: unknown },
  ) {
    super(message, { cause: options.cause });
    this.retryable = options.retryable;
    this.retryAfterMs = options.retryAfterMs ?? null;
  }
}

/** Tells what a failed request means: limits and the provider's own faults pass, everything else stays. */
export function toProviderError(provider: string, error: unknown): ProviderError {
  if (error instanceof ProviderError) return error;
  if (!axios.isAxiosError(error))
    return new ProviderError(`${provider}: ${String(error)}`, { retryable: false, cause: error });
  const { response } = error as AxiosError<unknown>;
  if (!response)
    return new ProviderError(`${provider} did not answer: ${error.message}`, { retryable: true });
  const seconds = Number(response.headers["retry-after"]);
  return new ProviderError(`${provider} answered ${response.status}: ${describeBody(response.data)}`, {
    retryable: response.status === 429 || response.status >= 500,
    retryAfterMs: Number.isFinite(seconds) && seconds > 0 ? seconds * 1_000 : null,
  });
}

/** CoinMarketCap's own words where its body has them. */
function describeBody(body: unknown): string {
  if (typeof body === "object" && body !== null && "status" in body) {
    const { status } = body;
    if (typeof status === "object" && status !== null && "error_message" in status)
      return String(status.error_message);
  }
  return "no reason given";
}
