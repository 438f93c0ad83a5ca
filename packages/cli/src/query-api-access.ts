import {
  type OperationName,
  operationSchemas,
  operations,
  Problem,
  problems,
} from "@vibe-charting/contracts";
import type { z } from "zod";
import { findRunningStage } from "./stage/running-stage.ts";

/** Where the HTTP API is, and the key that it asks for. */
export type ApiAccess = { readonly url: string; readonly key: string };

export const localKey = "vibe-charting-local-key";
const usualUrl = "http://127.0.0.1:4000";
const timeoutMs = 30_000;

/** A call's outcome; `retryable` says whether the same call may work later. */
export type ApiOutcome<Answer> =
  | { readonly kind: "answer"; readonly answer: Answer }
  | {
      readonly kind: "failure";
      readonly code: string;
      readonly message: string;
      readonly retryable: boolean;
      readonly retryAfterSeconds: number | null;
      readonly suggestions: readonly string[];
    };

/** The address of the stage that runs on this machine, or where it would be. */
export function localUrl(): string {
  try {
    return findRunningStage().apiUrl;
  } catch {
    return usualUrl;
  }
}

/** Calls one operation of the HTTP API. Every failure is an outcome, none is thrown. */
export async function callApi<Schema extends z.ZodType>(
  access: ApiAccess,
  name: OperationName,
  response: Schema,
  input: { readonly parameters?: Readonly<Record<string, unknown>>; readonly body?: unknown } = {},
): Promise<ApiOutcome<z.infer<Schema>>> {
  const { method } = operations[name];
  if (!URL.canParse(access.url)) {
    return failure(
      "api.wrong_url",
      `"${access.url}" is no address; give one such as ${usualUrl} with --url.`,
    );
  }
  const url = urlOf(access.url, name, input.parameters ?? {});
  try {
    const answer = await fetch(url, {
      method,
      headers: { "x-api-key": access.key, "content-type": "application/json" },
      ...(operationSchemas[name].body ? { body: JSON.stringify(input.body) } : {}),
      signal: AbortSignal.timeout(timeoutMs),
    });
    const text = await answer.text();
    if (!answer.ok) return refused(answer, text);
    const parsed = response.safeParse(parseJson(text));
    if (parsed.success) return { kind: "answer", answer: parsed.data };
    return failure(
      "api.unexpected_answer",
      `${url} answered something that is not of this API; check --url.`,
    );
  } catch (error) {
    return unreachable(access.url, error);
  }
}

function urlOf(base: string, name: OperationName, parameters: Readonly<Record<string, unknown>>): string {
  const rest = new Map(Object.entries(parameters));
  const path = operations[name].path.replace(/\{(\w+)\}/g, (_, parameter: string) => {
    const value = String(rest.get(parameter));
    rest.delete(parameter);
    return encodeURIComponent(value);
  });
  const query = new URLSearchParams();
  for (const [parameter, value] of rest) if (value !== undefined) query.set(parameter, String(value));
  return `${base.replace(/\/+$/, "")}${path}${query.size > 0 ? `?${query}` : ""}`;
}

function failure(
  code: string,
  message: string,
  more: { retryable?: boolean; retryAfterSeconds?: number | null; suggestions?: readonly string[] } = {},
): ApiOutcome<never> {
  return {
    kind: "failure",
    code,
    message,
    retryable: false,
    retryAfterSeconds: null,
    suggestions: [],
    ...more,
  };
}

/** What the API says of a failure; the gateway refuses keys and rates with a message of its own. */
function refused(answer: Response, text: string): ApiOutcome<never> {
  const seconds = Number(answer.headers.get("retry-after"));
  const retryAfterSeconds = seconds > 0 ? seconds : null;
  const parsed = Problem.safeParse(parseJson(text));
  if (parsed.success) {
    const { code, detail, retryable, suggestions = [] } = parsed.data;
    return failure(code, `${problems[code].title}. ${detail}`, { retryable, retryAfterSeconds, suggestions });
  }
  if (answer.status === 403)
    return failure("api.key_refused", "The API refused the key; give the right one with --key.");
  if (answer.status === 429) {
    return failure(
      "api.too_many_requests",
      "The key's usage plan allows no more requests now; try again later.",
      {
        retryable: true,
        retryAfterSeconds,
      },
    );
  }
  return failure("api.failed", `The API answered ${answer.status} ${answer.statusText}.`, {
    retryable: answer.status >= 500,
    retryAfterSeconds,
  });
}

function unreachable(url: string, error: unknown): ApiOutcome<never> {
  const isLate = error instanceof DOMException && error.name === "TimeoutError";
  const what = isLate ? `did not answer within ${timeoutMs / 1_000} seconds` : "cannot be reached";
  return failure(
    "api.unreachable",
    `The API at ${url} ${what}. Start the local stage with \`npm start\`, or give another address with --url.`,
    { retryable: true },
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
