import type { Readable } from "node:stream";
import axios, { isAxiosError } from "axios";
import type { CallPace } from "./call-pace.ts";
import { ProviderError, type Reaction } from "./provider-error.ts";
import { type RetryOptions, withRetries } from "./retry.ts";
import { readRetryAfter } from "./retry-after.ts";

/** Longer than a listing of 5,000 coins takes. */
const requestTimeoutMs = 20_000;
/** Several times a listing of 5,000 coins: what is larger is no answer to what was asked. */
const maxBodyBytes = 32 * 1024 * 1024;
/** As much of a provider's own words as a person reads. */
const longestWords = 300;

/** What a refusal means: the provider's own words, what to do next, and what a person can do. */
export type Refusal = {
  readonly code: number | null;
  readonly words: string | null;
  readonly reaction: Reaction;
  readonly advice: string | null;
};

type ProviderClientOptions = {
  readonly provider: string;
  readonly baseUrl: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly pace: CallPace;
  /** Reads the JSON of an answer that is no success; undefined where it is none. */
  readonly readRefusal: (status: number, body: unknown) => Refusal;
};

/** Asks for a path, and reads its JSON with `read`, which throws a ProviderError for what it cannot use. */
export type ProviderClient = <Answer>(
  path: string,
  parameters: Readonly<Record<string, string | number>>,
  read: (body: unknown) => Answer,
  time: RetryOptions,
) => Promise<Answer>;

/**
 * The one way to ask a provider: bounded in time, size and tries, and never sent on to another address. Whatever goes
 * wrong is a ProviderError that says what happened and what to do, and holds neither the request nor its key.
 */
export function providerClient(options: ProviderClientOptions): ProviderClient {
  const { provider, pace, readRefusal } = options;
  return async (path, parameters, read, time) =>
    await withRetries(async () => {
      await pace.take(provider, time);
      const { status, body, contentType, retryAfterMs } = await request(options, path, parameters, time);
      if (status === 429) pace.slowDown();
      const json = parseJson(body);
      if (status >= 200 && status < 300) {
        if (json === undefined) throw notJson(provider, contentType, body);
        return read(json);
      }
      if (status >= 300 && status < 400) throw sentOn(provider, status);
      throw refused(provider, status, readRefusal(status, json), retryAfterMs);
    }, time);
}

type Answered = {
  readonly status: number;
  readonly contentType: string;
  readonly retryAfterMs: number | null;
  readonly body: string;
};

async function request(
  { provider, baseUrl, headers }: ProviderClientOptions,
  path: string,
  parameters: Readonly<Record<string, string | number>>,
  { deadlineMs }: RetryOptions,
): Promise<Answered> {
  const timeoutMs = Math.ceil(Math.min(requestTimeoutMs, deadlineMs()));
  if (timeoutMs <= 0) {
    throw new ProviderError(`There is no time left to ask ${provider}`, { kind: "retry", waitMs: null });
  }
  // One clock for the whole answer: a body that trickles in must not outlive it.
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    const response = await axios.get<Readable>(path, {
      baseURL: baseUrl,
      params: parameters,
      headers: { Accept: "application/json", ...headers },
      responseType: "stream",
      maxRedirects: 0,
      validateStatus: () => true,
      signal,
    });
    return {
      status: response.status,
      contentType: String(response.headers["content-type"] ?? "no content type"),
      retryAfterMs: readRetryAfter(response.headers["retry-after"], new Date()),
      body: await readBody(provider, response.data),
    };
  } catch (error) {
    if (error instanceof ProviderError) throw error;
    if (signal.aborted) {
      throw new ProviderError(`${provider} did not answer in full within ${timeoutMs / 1_000} seconds`, {
        kind: "retry",
        waitMs: null,
      });
    }
    // The error is no cause to keep: axios' holds the request with its key.
    const reason = isAxiosError(error) || error instanceof Error ? error.message : String(error);
    throw new ProviderError(`${provider} did not answer in full: ${reason}`, { kind: "retry", waitMs: null });
  }
}

async function readBody(provider: string, stream: Readable): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of stream) {
    bytes += chunk.length;
    if (bytes > maxBodyBytes) {
      stream.destroy();
      throw new ProviderError(
        `${provider} sent more than ${maxBodyBytes / 1024 / 1024} MiB, which is no answer to what was asked: check its address in the secret`,
        { kind: "fail" },
      );
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function notJson(provider: string, contentType: string, body: string): ProviderError {
  const start = body.trim() === "" ? "nothing" : `"${readable(body).slice(0, 40)}"`;
  return new ProviderError(`${provider} answered something that is not JSON (${contentType}): ${start}`, {
    kind: "retry",
    waitMs: null,
  });
}

function sentOn(provider: string, status: number): ProviderError {
  return new ProviderError(
    `${provider} answered ${status} and sent the request on to another address, which is not followed: check its address in the secret`,
    { kind: "fail" },
  );
}

/** A refusal in one sentence, and the wait that the provider asks for in the place of ours. */
export function refused(
  provider: string,
  status: number,
  { code, words, reaction, advice }: Refusal,
  retryAfterMs: number | null,
): ProviderError {
  const what = code === null || code === status ? `${status}` : `${status}, code ${code}`;
  const said = words === null ? "no reason given" : readable(words).slice(0, longestWords);
  const next =
    reaction.kind === "retry" && retryAfterMs !== null ? { ...reaction, waitMs: retryAfterMs } : reaction;
  return new ProviderError(
    `${provider} answered ${what}: ${said}${advice === null ? "" : ` ${endOf(said)}${advice}`}`,
    next,
  );
}

function endOf(sentence: string): string {
  return /[.!?]$/.test(sentence) ? "" : "- ";
}

/** Without control characters and line breaks: it goes into a log and a database. */
function readable(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\p{Cc}\s]+/gu, " ")
    .trim();
}
