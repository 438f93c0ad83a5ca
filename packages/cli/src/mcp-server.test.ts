import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { InMemoryTransport } from "@modelcontextprotocol/sdk/inMemory.js";
import { problem } from "@vibe-charting/contracts";
import { afterEach, describe, expect, it } from "vitest";
import { mcpServer } from "./mcp-server.ts";
import { type StubAnswer, stubApi } from "./query-stub-api.ts";

describe("mcpServer", () => {
  const closing: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const close of closing.splice(0)) await close();
  });

  const connect = async (answer: StubAnswer) => {
    const api = await stubApi(answer);
    const server = mcpServer({ url: api.url, key: "key" });
    const client = new Client({ name: "test", version: "1" });
    const [ours, theirs] = InMemoryTransport.createLinkedPair();
    await Promise.all([server.connect(ours), client.connect(theirs)]);
    closing.push(() => client.close(), api.close);
    return { client, requests: api.requests };
  };

  it("offers read-only tools with the schemas of what they take and give", async () => {
    const { client } = await connect({ status: 200, body: {} });
    const { tools } = await client.listTools();
    expect(tools.map(({ name }) => name)).toEqual([
      "ask_market",
      "list_signals",
      "get_trends",
      "list_coins",
      "get_prices",
    ]);
    for (const { annotations, inputSchema, outputSchema } of tools) {
      expect(annotations).toMatchObject({ readOnlyHint: true, destructiveHint: false, idempotentHint: true });
      expect(inputSchema.type).toBe("object");
      expect(Object.keys(outputSchema?.properties ?? {}).length).toBeGreaterThan(0);
    }
  });

  it("gives the answer as text and as data", async () => {
    const body = { coins: [], nextCursor: null };
    const { client, requests } = await connect({ status: 200, body });
    const result = await client.callTool({ name: "list_coins", arguments: { limit: 5 } });
    expect(result).toEqual({
      content: [{ type: "text", text: JSON.stringify(body) }],
      structuredContent: body,
    });
    expect(requests.map(({ path }) => path)).toEqual(["/coins?limit=5"]);
  });

  it("says that a retry does not help when the symbol is unknown, and what is near", async () => {
    const body = problem("query.unknown_symbol", "No followed coin has the symbol BTX.", {
      suggestions: ["BTC"],
    });
    const { client } = await connect({ status: 404, body });
    const { isError, content } = await client.callTool({ name: "get_trends", arguments: { symbol: "btx" } });
    const message = "No coin has this symbol. No followed coin has the symbol BTX.";
    const failure = {
      code: "query.unknown_symbol",
      message,
      retryable: false,
      retryAfterSeconds: null,
      suggestions: ["BTC"],
    };
    expect({ isError, content }).toEqual({
      isError: true,
      content: [
        {
          type: "text",
          text: `${message} A retry of the same call does not help.\n${JSON.stringify(failure)}`,
        },
      ],
    });
  });

  it("says when a retry helps", async () => {
    const body = problem("service.unavailable", "Soon.");
    const { client } = await connect({ status: 503, body, headers: { "retry-after": "5" } });
    const { content } = await client.callTool({ name: "ask_market", arguments: { query: "top gainers" } });
    expect(content).toMatchObject([{ text: expect.stringContaining("A retry after 5 seconds may help.") }]);
  });

  it("refuses arguments that the API would refuse", async () => {
    const { client, requests } = await connect({ status: 200, body: {} });
    const { isError } = await client.callTool({ name: "ask_market", arguments: { query: "" } });
    expect({ isError, requests }).toEqual({ isError: true, requests: [] });
  });
});
