import { z } from "zod";
import { Alert, AlertParameters, AlertRequest, AlertsParameters, AlertsResponse } from "./alerts.ts";
import {
  CoinsParameters,
  CoinsResponse,
  HealthResponse,
  PricesParameters,
  PricesResponse,
  SignalsParameters,
  SignalsResponse,
  TrendsParameters,
  TrendsResponse,
} from "./market.ts";
import { MarketParameters, MarketResponse } from "./market-overview.ts";
import type { OperationName } from "./operations.ts";
import type { ProblemCode } from "./problem.ts";
import { QueryRequest, QueryResponse } from "./query.ts";

export type OperationSchemas = {
  /** Path and query parameters by their names. */
  readonly parameters: z.ZodObject;
  readonly body: z.ZodType | null;
  readonly response: z.ZodType;
  /** Whether it answers 201 where it made something new. */
  readonly creates?: true;
  /** The problems that the service itself answers with; the gateway refuses keys and rates before it. */
  readonly problems: readonly ProblemCode[];
  /** Whether it answers `If-None-Match` with 304, for clients that poll. */
  readonly isConditional: boolean;
};

const noParameters = z.strictObject({});
const always = ["service.unavailable", "service.internal"] as const;

/** What goes into each operation and what comes out of it. */
export const operationSchemas: Readonly<Record<OperationName, OperationSchemas>> = {
  askQuestion: {
    parameters: noParameters,
    body: QueryRequest,
    response: QueryResponse,
    problems: ["request.malformed_json", "request.unsupported_media_type", "request.invalid", ...always],
    isConditional: false,
  },
  listSignals: {
    parameters: SignalsParameters,
    body: null,
    response: SignalsResponse,
    problems: ["request.invalid", "request.invalid_cursor", "query.unknown_symbol", ...always],
    isConditional: true,
  },
  getTrends: {
    parameters: TrendsParameters,
    body: null,
    response: TrendsResponse,
    problems: ["request.invalid", "query.unknown_symbol", ...always],
    isConditional: true,
  },
  getMarket: {
    parameters: MarketParameters,
    body: null,
    response: MarketResponse,
    problems: ["request.invalid", ...always],
    isConditional: true,
  },
  listCoins: {
    parameters: CoinsParameters,
    body: null,
    response: CoinsResponse,
    problems: ["request.invalid", "request.invalid_cursor", ...always],
    isConditional: true,
  },
  getPrices: {
    parameters: PricesParameters,
    body: null,
    response: PricesResponse,
    problems: ["request.invalid", "query.unknown_symbol", ...always],
    isConditional: true,
  },
  createAlert: {
    parameters: noParameters,
    body: AlertRequest,
    response: Alert,
    creates: true,
    problems: [
      "request.malformed_json",
      "request.unsupported_media_type",
      "request.invalid",
      "access.public_key",
      "alert.recipient_taken",
      "alert.limit_reached",
      ...always,
    ],
    isConditional: false,
  },
  listAlerts: {
    parameters: AlertsParameters,
    body: null,
    response: AlertsResponse,
    problems: ["request.invalid", "request.invalid_cursor", "access.public_key", ...always],
    isConditional: false,
  },
  deleteAlert: {
    parameters: AlertParameters,
    body: null,
    response: Alert,
    problems: ["request.invalid", "access.public_key", "alert.not_found", ...always],
    isConditional: false,
  },
  getHealth: {
    parameters: noParameters,
    body: null,
    response: HealthResponse,
    problems: ["service.internal"],
    isConditional: false,
  },
  getOpenApi: {
    parameters: noParameters,
    body: null,
    response: z.record(z.string(), z.unknown()),
    problems: ["service.internal"],
    isConditional: true,
  },
};
