import { operations } from "@vibe-charting/contracts";

/** The OpenAPI document of the HTTP API, generated from its operations and schemas. */
export const openApiDocument = {
  openapi: "3.1.0",
  info: { title: "Vibe Charting", version: "1.0.0" },
  paths: Object.fromEntries(
    Object.entries(operations).map(([operationId, { method, path }]) => [
      path,
      { [method.toLowerCase()]: { operationId, responses: { "200": { description: "OK" } } } },
    ]),
  ),
};
