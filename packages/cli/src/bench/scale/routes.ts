import type { ApiCall } from "../handler-process.ts";

/** A call of each route, and for POST /query of each intent. */
export const measuredCalls: readonly ApiCall[] = [
  ...[
    "top 5 performers this week",
    "which coins rose more than 5% in the last 3 days?",
    "which coins are in an uptrend?",
    "which coins have a volume anomaly this week?",
    "any pump and dumps?",
    "most volatile coins this month",
    "calm coins in an uptrend",
    "how is BN7 doing?",
    "is there a pump signal on BN7?",
    "compare BN7 and BN9",
    "how is the market doing?",
    "what can you do?",
    "tell me a story",
  ].map(query => question({ query })),
  ...[
    "top 5 performers this week",
    "which coins are in an uptrend?",
    "any pump and dumps?",
    "how is the market doing?",
    "how is BN7 doing?",
  ].map(query => question({ query, asOf: "2026-02-27T12:00:00Z" })),
  signals({}),
  signals({ symbol: "BN7" }),
  signals({ type: "pump_and_dump" }),
  signals({ state: "confirmed", minConfidence: "0.9", limit: "200" }),
  signals({ type: "two_highs_one_low", state: "failed", minConfidence: "0.99" }),
  signals({ since: "2026-02-27T00:00:00Z", limit: "200" }),
  { method: "GET", resource: "/trends/{symbol}", pathParameters: { symbol: "BN7" } },
  { method: "GET", resource: "/trends/{symbol}", pathParameters: { symbol: "BNX7" } },
  { method: "GET", resource: "/coins", queryParameters: { limit: "200" } },
  ...["24h", "7d", "30d", "90d"].map(timeframe => ({
    method: "GET" as const,
    resource: "/coins/{symbol}/prices",
    pathParameters: { symbol: "BN7" },
    queryParameters: { timeframe },
  })),
  { method: "GET", resource: "/market" },
  { method: "GET", resource: "/health" },
  { method: "GET", resource: "/openapi.json" },
];

/** About the newest listing, or with `asOf` about a past one. */
function question(body: { readonly query: string; readonly asOf?: string }): ApiCall {
  return { method: "POST", resource: "/query", body };
}

function signals(queryParameters: Readonly<Record<string, string>>): ApiCall {
  return { method: "GET", resource: "/signals", queryParameters };
}

/** Whether a call asks what was known at a past moment. */
export function isAboutPast({ body }: ApiCall): boolean {
  return typeof body === "object" && body !== null && "asOf" in body;
}

/** The call in one line: `GET /trends/BN7`. */
export function describeCall({ method, resource, pathParameters, queryParameters, body }: ApiCall): string {
  const path = Object.entries(pathParameters ?? {}).reduce(
    (text, [name, value]) => text.replace(`{${name}}`, value),
    resource,
  );
  const query = new URLSearchParams(queryParameters).toString();
  const asked = typeof body === "object" && body !== null && "query" in body ? ` "${body.query}"` : "";
  const past = typeof body === "object" && body !== null && "asOf" in body ? ` as of ${body.asOf}` : "";
  return `${method} ${path}${query === "" ? "" : `?${query}`}${asked}${past}`;
}
