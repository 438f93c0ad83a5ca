/**
 * The operations of the HTTP API. This is their only list: the stack makes the API's routes from it, the query
 * service dispatches by it, and the OpenAPI document is generated from it.
 */
export const operations = {
  askQuestion: { method: "POST", path: "/query", needsKey: true },
  listSignals: { method: "GET", path: "/signals", needsKey: true },
  getTrends: { method: "GET", path: "/trends/{symbol}", needsKey: true },
  listCoins: { method: "GET", path: "/coins", needsKey: true },
  getPrices: { method: "GET", path: "/coins/{symbol}/prices", needsKey: true },
  getHealth: { method: "GET", path: "/health", needsKey: false },
  getOpenApi: { method: "GET", path: "/openapi.json", needsKey: false },
} as const;
export type OperationName = keyof typeof operations;

/** Finds the operation of a method and a path template, as API Gateway gives them. */
export function findOperation(method: string, pathTemplate: string): OperationName | undefined {
  return (Object.keys(operations) as OperationName[]).find(
    name => operations[name].method === method && operations[name].path === pathTemplate,
  );
}
