import { keepPreviousData, QueryClient, skipToken, useQuery } from "@tanstack/react-query";
import type { Timeframe } from "@vibe-charting/contracts";
import { ApiError, isRetryable } from "./api-error.ts";
import { api, type SignalFilter } from "./client.ts";
import { loadConfig } from "./config.ts";

const mostRetries = 2;
const pendingPollMs = 15_000;

/** The page's one cache of answers. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        // Requests are tried and fail visibly where the browser believes itself offline, rather than wait unseen.
        networkMode: "always",
        refetchOnReconnect: true,
        staleTime: 1_000,
        retry: (failures, error) => isRetryable(error) && failures < mostRetries,
        retryDelay: (failures, error) =>
          error instanceof ApiError && error.retryAfterSeconds !== null
            ? error.retryAfterSeconds * 1_000
            : 800 * 2 ** failures,
      },
    },
  });
}

/** Where the API is, with which key, and how often to ask it. */
export function useConfig() {
  return useQuery({ queryKey: ["config"], queryFn: loadConfig, staleTime: Number.POSITIVE_INFINITY });
}

const shortestHealthPollMs = 60_000;

/** Milliseconds between polls. TanStack Query stops polling while the tab is hidden. */
function usePollMs(): number | false {
  const { data } = useConfig();
  return data === undefined ? false : data.pollSeconds * 1_000;
}

export function useCoins() {
  return useQuery({
    queryKey: ["coins"],
    queryFn: ({ signal }) => api.coins(signal),
    refetchInterval: usePollMs(),
  });
}

export function useSignals(filter: SignalFilter) {
  return useQuery({
    queryKey: ["signals", filter],
    queryFn: ({ signal }) => api.signals(filter, signal),
    refetchInterval: usePollMs(),
    placeholderData: keepPreviousData,
  });
}

/** Of the service as a whole: where its data comes from and whether that is fresh. */
export function useHealth() {
  const pollMs = usePollMs();
  return useQuery({
    queryKey: ["health"],
    queryFn: ({ signal }) => api.health(signal),
    refetchInterval: pollMs && Math.max(pollMs, shortestHealthPollMs),
  });
}

/** Refetched when a new listing arrives, see `useLiveMarket`. */
export function useTrends(coin: string) {
  return useQuery({
    queryKey: ["market", "trends", coin],
    queryFn: ({ signal }) => api.trends(coin, signal),
  });
}

/** Refetched when a new listing arrives, see `useLiveMarket`. Nothing is fetched before a timeframe is known. */
export function usePrices(coin: string, timeframe: Timeframe | undefined) {
  return useQuery({
    queryKey: ["market", "prices", coin, timeframe],
    queryFn: timeframe === undefined ? skipToken : ({ signal }) => api.prices(coin, timeframe, signal),
    placeholderData: (previous, query) => (query?.queryKey[2] === coin ? previous : undefined),
  });
}

/** The market in the API's own words, and every coin's change. Refetched when a new listing arrives. */
export function useMarket(timeframe: Timeframe) {
  return useQuery({
    queryKey: ["market", "overview", timeframe],
    queryFn: ({ signal }) => api.market(timeframe, signal),
    placeholderData: keepPreviousData,
  });
}

/** The alerts of a key. Whether one was confirmed is asked while a recipient has yet to. */
export function useAlerts(key: string | null) {
  return useQuery({
    queryKey: ["alerts", key],
    queryFn: key === null ? skipToken : ({ signal }) => api.alerts(key, signal),
    refetchInterval: ({ state }) =>
      state.data?.alerts.some(({ status }) => status === "pending") ? pendingPollMs : false,
  });
}

/** An answer stays as it was given; a newer one is asked for. */
export function useAnswer(query: string, asOf: string | undefined) {
  return useQuery({
    queryKey: ["answer", query, asOf],
    queryFn: ({ signal }) => api.ask({ query, ...(asOf === undefined ? {} : { asOf }) }, signal),
    enabled: query !== "",
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 10 * 60_000,
    placeholderData: keepPreviousData,
  });
}
