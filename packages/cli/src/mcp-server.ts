import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import type { CallToolResult } from "@modelcontextprotocol/sdk/types.js";
import {
  CoinsParameters,
  CoinsResponse,
  type OperationName,
  operations,
  PricesParameters,
  PricesResponse,
  QueryRequest,
  QueryResponse,
  SignalsParameters,
  SignalsResponse,
  TrendsParameters,
  TrendsResponse,
} from "@vibe-charting/contracts";
import type { z } from "zod";
import { type ApiAccess, type ApiOutcome, callApi } from "./query-api-access.ts";

const instructions =
  "Data of a crypto market: trends, volatility, signals, prices. Answers say how the question was read, how much of the market was evaluated and how old the data is; a market whose source is demo or replay is not live. There is no advice and no prediction in it.";

/** What all tools are: they read, and the same call may be made again. */
const readOnly = { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: true };

/** A server of the Model Context Protocol whose tools are the read-only operations of the HTTP API. */
export function mcpServer(access: ApiAccess): McpServer {
  const server = new McpServer({ name: "vibe-charting", version: "0.1.0" }, { instructions });

  const offer = (
    tool: string,
    operation: OperationName,
    description: string,
    input: z.ZodObject,
    output: z.ZodObject,
    say: (answer: Record<string, unknown>) => string | null = () => null,
  ) => {
    server.registerTool(
      tool,
      {
        title: operations[operation].summary,
        description,
        inputSchema: input.shape,
        outputSchema: output.shape,
        annotations: { title: operations[operation].summary, ...readOnly },
      },
      async (given: Record<string, unknown>) => {
        const asked = operations[operation].method === "POST" ? { body: given } : { parameters: given };
        const outcome = await callApi(access, operation, output, asked);
        return outcome.kind === "answer" ? toResult(outcome.answer, say) : toFailure(outcome);
      },
    );
  };

  offer(
    "ask_market",
    "askQuestion",
    "Answers a question about the crypto market in plain English, such as 'top 5 performers this week', 'which coins bottomed out?', 'why has ETH no volume spike?' or 'BTC vs ETH this month'. Each question stands alone: earlier ones are not remembered.",
    QueryRequest,
    QueryResponse,
    ({ answer }) => (typeof answer === "string" ? answer : null),
  );
  offer(
    "list_signals",
    "listSignals",
    "Lists market signals (pump and dump, bottomed out, volume anomaly, two highs one low) in their present state, the latest change first, with the evidence of each.",
    SignalsParameters,
    SignalsResponse,
  );
  offer(
    "get_trends",
    "getTrends",
    "Gives a coin's trend, change and volatility over 24 hours and 7, 30 and 90 days.",
    TrendsParameters,
    TrendsResponse,
  );
  offer(
    "list_coins",
    "listCoins",
    "Lists the coins that are followed, best rank first, with price, volume and market cap.",
    CoinsParameters,
    CoinsResponse,
  );
  offer(
    "get_prices",
    "getPrices",
    "Gives a coin's prices over a timeframe, oldest first.",
    PricesParameters,
    PricesResponse,
  );
  return server;
}

function toResult(
  answer: Record<string, unknown>,
  say: (answer: Record<string, unknown>) => string | null,
): CallToolResult {
  return {
    content: [{ type: "text", text: say(answer) ?? JSON.stringify(answer) }],
    structuredContent: answer,
  };
}

/** A failure that says first whether the same call may work later. */
function toFailure(outcome: Extract<ApiOutcome<never>, { kind: "failure" }>): CallToolResult {
  const { kind: _, ...failure } = outcome;
  const wait = failure.retryAfterSeconds === null ? "" : ` after ${failure.retryAfterSeconds} seconds`;
  const advice = failure.retryable ? `A retry${wait} may help.` : "A retry of the same call does not help.";
  return {
    isError: true,
    content: [{ type: "text", text: `${failure.message} ${advice}\n${JSON.stringify(failure)}` }],
  };
}
