import { openApiDocument, operations } from "@vibe-charting/contracts";
import { createTestDatabase, type TestDatabase } from "@vibe-charting/database/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { type ApiAnswer, type ApiCall, apiClient } from "./api-client.ts";
import { steady, storeMarket, storeSignal } from "./market-fixture.ts";

/** What the test reads of the document; the rest it takes as it is. */
const Document = z.looseObject({
  paths: z.record(
    z.string(),
    z.record(
      z.string(),
      z.looseObject({
        parameters: z.array(z.looseObject({ name: z.string(), in: z.string() })),
        responses: z.record(
          z.string(),
          z.looseObject({ content: z.record(z.string(), z.object({ schema: z.unknown() })).optional() }),
        ),
      }),
    ),
  ),
  components: z.looseObject({ schemas: z.record(z.string(), z.unknown()) }),
});

const calls: readonly ApiCall[] = [
  { method: "POST", resource: "/query", body: { query: "volume spikes" } },
  { method: "POST", resource: "/query", body: { query: "btc vs eth" } },
  { method: "POST", resource: "/query", body: { query: "asdf" } },
  { method: "POST", resource: "/query", body: { query: "tell me when BTC bottoms out" } },
  { method: "POST", resource: "/query", body: { query: "" } },
  { resource: "/signals" },
  { resource: "/signals", query: { limit: "0" } },
  { resource: "/signals", query: { cursor: "x" } },
  { resource: "/trends/{symbol}", path: { symbol: "BTC" } },
  { resource: "/trends/{symbol}", path: { symbol: "NONE" } },
  { resource: "/market" },
  { resource: "/coins" },
  { resource: "/coins/{symbol}/prices", path: { symbol: "BTC" } },
  { resource: "/health" },
  { resource: "/openapi.json" },
];

describe("GET /openapi.json", () => {
  let test: TestDatabase;
  let call: (call: ApiCall) => Promise<ApiAnswer>;
  beforeAll(async () => {
    test = await createTestDatabase();
    const ids = await storeMarket(test.database, [
      { cmcId: 1, symbol: "BTC", name: "Bitcoin", prices: steady(30, 50_000, 60_000) },
      { cmcId: 2, symbol: "ETH", name: "Ethereum", prices: steady(30, 5, 1) },
    ]);
    await storeSignal(test.database, ids.get(1) ?? 0, {
      type: "volume_anomaly",
      state: "confirmed",
      daysAgo: 1,
    });
    call = apiClient(test.database);
  });
  afterAll(() => test.drop());

  it("is the document of the contract, with every operation and no other", async () => {
    const { body } = await call({ resource: "/openapi.json" });
    expect(body).toEqual(JSON.parse(JSON.stringify(openApiDocument())));
    const described = Object.entries(Document.parse(body).paths).flatMap(([path, methods]) =>
      Object.keys(methods).map(method => `${method.toUpperCase()} ${path}`),
    );
    expect(described.toSorted()).toEqual(
      Object.values(operations)
        .map(({ method, path }) => `${method} ${path}`)
        .toSorted(),
    );
  });

  it("describes each path parameter once, where the path has it", () => {
    for (const [path, methods] of Object.entries(Document.parse(openApiDocument()).paths)) {
      const inPath = Object.values(methods).flatMap(({ parameters }) =>
        parameters.filter(parameter => parameter.in === "path").map(({ name }) => `{${name}}`),
      );
      expect(inPath).toEqual(path.match(/\{\w+\}/g) ?? []);
    }
  });

  it.each(calls.map(request => ({ method: "GET" as const, ...request })))(
    "describes what $method $resource answers",
    async request => {
      const document = Document.parse(openApiDocument());
      const { status, headers, body } = await call(request);
      const method = request.method.toLowerCase();
      const described = document.paths[request.resource]?.[method]?.responses[String(status)];
      const type = String(headers["Content-Type"]);
      const schema = described?.content?.[type]?.schema;
      expect(schema, `${request.resource} ${status} ${type}`).toBeDefined();
      const whole = { ...Object(schema), components: document.components };
      expect(toSchema(whole).safeParse(body).error).toBeUndefined();
      expect(toSchema(whole).safeParse(spoiled(body)).success).toBe(request.resource === "/openapi.json");
    },
  );
});

/** Reads a schema of the document back, with its references. */
function toSchema(schema: object): z.ZodType {
  // The document's references point into its components, where JSON Schema has $defs.
  const text = JSON.stringify(schema).replaceAll("#/components/schemas/", "#/$defs/");
  const { components, ...rest } = JSON.parse(text);
  return z.fromJSONSchema({ ...rest, $defs: components.schemas });
}

/** The same answer with its first member missing: no description may let that pass. */
function spoiled(body: unknown): unknown {
  return Object.fromEntries(Object.entries(Object(body)).slice(1));
}
