import type { ApiCall } from "../handler-process.ts";

/** Calls that concern one coin or a few, whose answers should cost the same however many others there are. */
export const heldCalls: readonly ApiCall[] = [
  { method: "POST", resource: "/query", body: { query: "how is BN7 doing?" } },
  { method: "POST", resource: "/query", body: { query: "compare BN7 and BN9" } },
  { method: "GET", resource: "/trends/{symbol}", pathParameters: { symbol: "BN7" } },
  { method: "GET", resource: "/signals", queryParameters: { symbol: "BN7" } },
  {
    method: "GET",
    resource: "/coins/{symbol}/prices",
    pathParameters: { symbol: "BN7" },
    queryParameters: { timeframe: "90d" },
  },
];
