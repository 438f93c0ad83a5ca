import { ApiError } from "./api-error.ts";

/** What the server of the page says about its API. The key is the page's own, with a low quota, and no secret (stacks/web.ts). */
export type SiteConfig = {
  readonly apiKey: string;
  readonly apiUrl: string;
  readonly pollSeconds: number;
};

const defaultPollSeconds = 60;
let loading: Promise<SiteConfig> | undefined;

/** Loads the configuration once; after a failure the next caller tries again. */
export function loadConfig(): Promise<SiteConfig> {
  loading ??= fetchConfig().catch(error => {
    loading = undefined;
    throw error;
  });
  return loading;
}

async function fetchConfig(): Promise<SiteConfig> {
  const response = await fetch("/config.json").catch(cause => {
    throw unreachable(cause);
  });
  const body: unknown = await response.json().catch(() => undefined);
  if (!response.ok || typeof body !== "object" || body === null || !("apiKey" in body)) {
    throw new ApiError("unavailable", "The page's /config.json is missing or names no API key.");
  }
  return {
    apiKey: String(body.apiKey),
    apiUrl: "apiUrl" in body ? String(body.apiUrl).replace(/\/$/, "") : "",
    pollSeconds: "pollSeconds" in body ? Number(body.pollSeconds) : defaultPollSeconds,
  };
}

/** The error of a request that got no answer. */
export function unreachable(cause: unknown): ApiError {
  return navigator.onLine
    ? new ApiError("unreachable", "The server does not answer. It may be starting, or have been stopped.", {
        cause,
      })
    : new ApiError("offline", "This device is offline.", { cause });
}
