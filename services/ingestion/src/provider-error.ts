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
export function toProviderError(provider: string, error: unknown, now = new Date()): ProviderError {
  if (error instanceof ProviderError) return error;
  if (!axios.isAxiosError(error))
    return new ProviderError(`${provider}: ${String(error)}`, { retryable: false, cause: error });
  // axios' error is no cause to keep: it holds the request with its key.
  const { response } = error as AxiosError<unknown>;
  if (!response)
    return new ProviderError(`${provider} did not answer: ${error.message}`, { retryable: true });
  // A success that is an error all the same broke off in the middle of its body.
  if (response.status < 400)
    return new ProviderError(`${provider} did not answer in full: ${error.message}`, { retryable: true });
  const retryAfter: unknown = response.headers["retry-after"];
  return new ProviderError(`${provider} answered ${response.status}: ${describeBody(response.data)}`, {
    retryable: response.status === 429 || response.status >= 500,
    retryAfterMs: typeof retryAfter === "string" ? readRetryAfter(retryAfter, now) : null,
  });
}

/** Retry-After is a number of seconds or a date (RFC 9110, 10.2.3). */
function readRetryAfter(value: string, now: Date): number | null {
  const seconds = Number(value);
  const waitMs = Number.isNaN(seconds) ? Date.parse(value) - now.getTime() : seconds * 1_000;
  return Number.isFinite(waitMs) && waitMs > 0 ? waitMs : null;
}

/** The provider's own words: CoinMarketCap has them in its status, CoinGecko beside it or as `error`. */
function describeBody(body: unknown): string {
  const words = [memberOf(memberOf(body, "status"), "error_message"), memberOf(body, "error")];
  return words.find((word): word is string => typeof word === "string" && word !== "") ?? "no reason given";
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
}
