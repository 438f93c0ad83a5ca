/**
 * The operations of the HTTP API, each with the service that answers it. This is their only list: the stack makes the
 * API's routes from it, the services dispatch by it, and the OpenAPI document is generated from it. What goes in and
 * comes out is in `operation-schemas.ts`, apart, so that the stacks load no schemas.
 */
export const operations = {
  askQuestion: {
    service: "query",
    method: "POST",
    path: "/query",
    needsKey: true,
    summary: "Ask a question in plain English",
  },
  listSignals: {
    service: "query",
    method: "GET",
    path: "/signals",
    needsKey: true,
    summary: "Signals, the latest change first",
  },
  getTrends: {
    service: "query",
    method: "GET",
    path: "/trends/{symbol}",
    needsKey: true,
    summary: "A coin's trends",
  },
  getMarket: {
    service: "query",
    method: "GET",
    path: "/market",
    needsKey: true,
    summary: "The market as a whole, and every coin's change over a timeframe",
  },
  listCoins: {
    service: "query",
    method: "GET",
    path: "/coins",
    needsKey: true,
    summary: "The coins of the newest listing",
  },
  getPrices: {
    service: "query",
    method: "GET",
    path: "/coins/{symbol}/prices",
    needsKey: true,
    summary: "A coin's prices over a timeframe",
  },
  createAlert: {
    service: "alerts",
    method: "POST",
    path: "/alerts",
    needsKey: true,
    summary: "Be told when a signal changes, by e-mail, over HTTPS or in a queue",
  },
  listAlerts: {
    service: "alerts",
    method: "GET",
    path: "/alerts",
    needsKey: true,
    summary: "The key's alerts, the oldest first, and which wait to be confirmed",
  },
  deleteAlert: {
    service: "alerts",
    method: "DELETE",
    path: "/alerts/{id}",
    needsKey: true,
    summary: "End an alert",
  },
  getHealth: {
    service: "query",
    method: "GET",
    path: "/health",
    needsKey: false,
    summary: "Which part of the service works",
  },
  getOpenApi: {
    service: "query",
    method: "GET",
    path: "/openapi.json",
    needsKey: false,
    summary: "This document",
  },
} as const;
export type OperationName = keyof typeof operations;
export type ServiceName = (typeof operations)[OperationName]["service"];
/** The operations that a service answers. */
export type OperationOf<Service extends ServiceName> = {
  [Name in OperationName]: (typeof operations)[Name]["service"] extends Service ? Name : never;
}[OperationName];

/** Finds the operation of a method and a path template, as API Gateway gives them. */
export function findOperation(method: string, pathTemplate: string): OperationName | undefined {
  return (Object.keys(operations) as OperationName[]).find(
    name => operations[name].method === method && operations[name].path === pathTemplate,
  );
}

/** Whether a service answers an operation. */
export function isOperationOf<Service extends ServiceName>(
  service: Service,
  operation: OperationName,
): operation is OperationOf<Service> {
  return operations[operation].service === service;
}
