import type {
  Alert,
  AlertRequest,
  AlertsResponse,
  CoinsResponse,
  HealthResponse,
  MarketResponse,
  PricesResponse,
  QueryResponse,
  SignalsResponse,
  Timeframe,
  TrendsResponse,
} from "@vibe-charting/contracts";
import { toApiError } from "./api-error.ts";
import { loadConfig, unreachable } from "./config.ts";

/** Longer than the API's own timeout, which answers with an error. */
const timeoutMs = 25_000;

/** What narrows a list of signals, as the API names it. */
export type SignalFilter = {
  readonly symbol?: string;
  readonly type?: string;
  readonly state?: string;
  readonly minConfidence?: string;
  readonly since?: string;
};

/** The API's operations; a coin is its symbol or its CoinMarketCap id. Types are those of the contracts from which the API builds its answers. */
export const api = {
  ask: (question: { query: string; asOf?: string }, signal?: AbortSignal) =>
    request<QueryResponse>("/query", { method: "POST", body: question, signal }),
  coins: (signal?: AbortSignal) => request<CoinsResponse>("/coins?limit=200", { signal }),
  market: (timeframe: Timeframe, signal?: AbortSignal) =>
    request<MarketResponse>(`/market?timeframe=${timeframe}`, { signal }),
  signals: (filter: SignalFilter, signal?: AbortSignal) =>
    request<SignalsResponse>(`/signals?${new URLSearchParams({ ...filter, limit: "200" })}`, { signal }),
  trends: (coin: string, signal?: AbortSignal) =>
    request<TrendsResponse>(`/trends/${encodeURIComponent(coin)}`, { signal }),
  prices: (coin: string, timeframe: Timeframe, signal?: AbortSignal) =>
    request<PricesResponse>(`/coins/${encodeURIComponent(coin)}/prices?timeframe=${timeframe}`, { signal }),
  health: (signal?: AbortSignal) => request<HealthResponse>("/health", { signal }),
  alerts: (key: string, signal?: AbortSignal) =>
    request<AlertsResponse>("/alerts?limit=200", { key, signal }),
  createAlert: (key: string, alert: AlertRequest) =>
    request<Alert>("/alerts", { method: "POST", key, body: alert }),
  deleteAlert: (key: string, id: string) =>
    request<Alert>(`/alerts/${encodeURIComponent(id)}`, { method: "DELETE", key }),
};

type RequestOptions = {
  readonly method?: "GET" | "POST" | "DELETE";
  /** Where it is not the page's own. */
  readonly key?: string;
  readonly body?: unknown;
  readonly signal?: AbortSignal | undefined;
};

/**
 * One request. The browser's own cache holds each answer with its ETag and asks with If-None-Match: a poll that finds
 * nothing new costs a 304, and needs no permission of the API when that is on another origin.
 */
async function request<Answer>(path: string, options: RequestOptions): Promise<Answer> {
  const { method = "GET", key, body, signal } = options;
  const config = await loadConfig();
  const timeout = AbortSignal.timeout(timeoutMs);
  const response = await fetch(`${config.apiUrl}${path}`, {
    method,
    headers: {
      accept: "application/json",
      "x-api-key": key ?? config.apiKey,
      ...(body === undefined ? {} : { "content-type": "application/json" }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
  }).catch(cause => {
    if (signal?.aborted) throw cause;
    throw unreachable(cause);
  });
  // /health tells of what is wrong with status 503 and its ordinary body.
  if (!response.ok && !(path === "/health" && response.status === 503))
    throw await toApiError(response, key !== undefined);
  // The contract's type: the page and the API are built from the same schemas.
  return (await response.json()) as Answer;
}
