export * from "./events/cloud-event.ts";
export * from "./events/prices-ingested.ts";
export * from "./events/signals-detected.ts";
export * from "./http/market.ts";
export * from "./http/operations.ts";
export * from "./http/problem.ts";
export * from "./http/query.ts";
export * from "./vocabulary.ts";
