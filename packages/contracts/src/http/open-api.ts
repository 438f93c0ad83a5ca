import { z } from "zod";
import { Condition, Evidence } from "../vocabulary.ts";
import { Alert, AlertFilter, AlertRecipient, AlertRequest, AlertsResponse, QuietHours } from "./alerts.ts";
import {
  Coin,
  CoinsResponse,
  HealthResponse,
  PricesResponse,
  Signal,
  SignalsResponse,
  TrendReading,
  TrendsResponse,
} from "./market.ts";
import { MarketResponse } from "./market-overview.ts";
import { type OperationSchemas, operationSchemas } from "./operation-schemas.ts";
import { type OperationName, operations } from "./operations.ts";
import { Problem, type ProblemCode, problems } from "./problem.ts";
import {
  Coverage,
  Interpretation,
  ProposedAlert,
  QueryRequest,
  QueryResponse,
  QueryResult,
} from "./query.ts";

type Json = { readonly [key: string]: unknown };

/** The schemas that have a name in the document; others stand where they are used. */
const named = {
  Alert,
  AlertFilter,
  AlertRecipient,
  AlertRequest,
  AlertsResponse,
  Coin,
  CoinsResponse,
  Condition,
  Coverage,
  Evidence,
  HealthResponse,
  Interpretation,
  MarketResponse,
  PricesResponse,
  Problem,
  ProposedAlert,
  QueryRequest,
  QueryResponse,
  QueryResult,
  QuietHours,
  Signal,
  SignalsResponse,
  TrendReading,
  TrendsResponse,
} as const;

/** The OpenAPI 3.1 document of the HTTP API, generated from its operations and their schemas. */
export function openApiDocument(): Json {
  const paths: Record<string, Record<string, Json>> = {};
  for (const name of Object.keys(operations) as OperationName[]) {
    const { method, path } = operations[name];
    paths[path] = { ...paths[path], [method.toLowerCase()]: describeOperation(name) };
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "Vibe Charting",
      version: "1.0.0",
      description:
        "What the crypto market is doing: trends, volatility, signals, and answers to questions in plain English. Prices are in USD, times in UTC. Every error is a problem document with a stable code.",
      license: { name: "MIT", identifier: "MIT" },
    },
    paths,
    components: {
      schemas: namedSchemas(),
      securitySchemes: { apiKey: { type: "apiKey", in: "header", name: "x-api-key" } },
    },
  };
}

function describeOperation(name: OperationName): Json {
  const { summary, needsKey } = operations[name];
  const schemas = operationSchemas[name];
  return {
    operationId: name,
    summary,
    ...(needsKey ? { security: [{ apiKey: [] }] } : { security: [] }),
    parameters: describeParameters(name, schemas),
    ...(schemas.body
      ? { requestBody: { required: true, content: { "application/json": { schema: refer(schemas.body) } } } }
      : {}),
    responses: describeResponses(schemas, needsKey),
  };
}

function describeParameters(name: OperationName, { parameters, isConditional }: OperationSchemas): Json[] {
  const { properties = {}, required = [] } = z.toJSONSchema(parameters, { io: "input" });
  const described = Object.entries(properties).map(([parameter, schema]) => {
    const isInPath = operations[name].path.includes(`{${parameter}}`);
    // A property's schema is an object wherever it comes from a zod object.
    const { description, ...rest } = schema as Json;
    return {
      name: parameter,
      in: isInPath ? "path" : "query",
      required: isInPath || required.includes(parameter),
      ...(description === undefined ? {} : { description }),
      schema: rest,
    };
  });
  const condition = {
    name: "If-None-Match",
    in: "header",
    required: false,
    description: "The `ETag` of an answer that the client has: 304 when it is still the same.",
    schema: { type: "string" },
  };
  return isConditional ? [...described, condition] : described;
}

/** With which the gateway refuses keys and rates before the service is asked. */
const gatewayProblems = ["access.invalid_key", "access.throttled", "access.quota_exceeded"] as const;

function describeResponses(
  { response, creates, problems: codes, isConditional }: OperationSchemas,
  needsKey: boolean,
): Json {
  const byStatus = Map.groupBy(
    [...codes, ...(needsKey ? gatewayProblems : [])],
    code => problems[code].status,
  );
  const failures = [...byStatus]
    .sort(([a], [b]) => a - b)
    .map(([status, of]) => [String(status), describeProblems(of)]);
  return {
    "200": { description: "The answer", content: { "application/json": { schema: refer(response) } } },
    ...(creates
      ? {
          "201": {
            description: "What was made",
            content: { "application/json": { schema: refer(response) } },
          },
        }
      : {}),
    ...(isConditional ? { "304": { description: "The answer that the client has is still the same" } } : {}),
    ...Object.fromEntries(failures),
  };
}

function describeProblems(codes: readonly ProblemCode[]): Json {
  const retryable = codes.some(code => problems[code].retryable);
  return {
    description: codes.map(code => `\`${code}\`: ${problems[code].title}`).join("; "),
    content: { "application/problem+json": { schema: refer(Problem) } },
    ...(retryable
      ? { headers: { "Retry-After": { description: "Seconds to wait", schema: { type: "integer" } } } }
      : {}),
  };
}

function refer(schema: z.ZodType): Json {
  const name = Object.entries(named).find(([, other]) => other === schema)?.[0];
  return name ? { $ref: place(name) } : open(z.toJSONSchema(schema, { io: "output" }));
}

function place(name: string): string {
  return `#/components/schemas/${name}`;
}

function namedSchemas(): Json {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(named)) registry.add(schema, { id });
  const { schemas } = z.toJSONSchema(registry, { io: "output", uri: place });
  return Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, open(schema)]));
}

/** Answers may get more members in time: no object is closed. The dialect is the document's. */
function open(schema: unknown): Json {
  return JSON.parse(
    JSON.stringify(schema, (key, value) =>
      key === "$schema" || key === "$id" || (key === "additionalProperties" && value === false)
        ? undefined
        : value,
    ),
  );
}
