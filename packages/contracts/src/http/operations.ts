/**
 * The operations of the HTTP API. This is their only list: the stack makes the API's routes from it, the query
 * service dispatches by it, and the OpenAPI document is generated from it. What goes in and comes out is in
 * `operation-schemas.ts`, apart, so that the stacks load no schemas.
 */
export const operations = {
  askQuestion: { method: "POST", path: "/query", needsKey: true, summary: "Ask a question in plain English" },
  listSignals: {
    method: "GET",
    path: "/signals",
    needsKey: true,
    summary: "Signals, the latest change first",
  },
  getTrends: { method: "GET", path: "/trends/{symbol}", needsKey: true, summary: "A coin's trends" },
  getMarket: {
    method: "GET",
    path: "/market",
    needsKey: true,
    summary: "The market as a whole, and every coin's change over a timeframe",
  },
  listCoins: { method: "GET", path: "/coins", needsKey: true, summary: "The coins of the newest listing" },
  getPrices: {
    method: "GET",
    path: "/coins/{symbol}/prices",
    needsKey: true,
    summary: "A coin's prices over a timeframe",
  },
  getHealth: { method: "GET", path: "/health", needsKey: false, summary: "Which part of the service works" },
  getOpenApi: { method: "GET", path: "/openapi.json", needsKey: false, summary: "This document" },
} as const;
export type OperationName = keyof typeof operations;

/** Finds the operation of a method and a path template, as API Gateway gives them. */
export function findOperation(method: string, pathTemplate: string): OperationName | undefined {
  return (Object.keys(operations) as OperationName[]).find(
    name => operations[name].method === method && operations[name].path === pathTemplate,
  );
}
