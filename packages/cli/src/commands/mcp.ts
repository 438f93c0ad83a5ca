import { StdioServerTransport } from "@modelcontextprotocol/sdk/server/stdio.js";
import { Command } from "commander";
import { mcpServer } from "../mcp-server.ts";
import { localKey, localUrl } from "../query-api-access.ts";

/** `vibe mcp`: offers the API to an assistant over standard input and output, until the assistant closes them. */
export function mcpCommand(): Command {
  return new Command("mcp")
    .description(
      "Offer questions, signals, trends and coins to an assistant as read-only tools (MCP over stdio).",
    )
    .option("--url <url>", "the API to ask (default: the stage that runs on this machine)")
    .option("--key <key>", "the API key", localKey)
    .action(async ({ url, key }: { url?: string; key: string }) => {
      const server = mcpServer({ url: url ?? localUrl(), key });
      const closed = new Promise<void>(resolve => {
        server.server.onclose = resolve;
      });
      process.stdin.once("end", () => void server.close());
      await server.connect(new StdioServerTransport());
      process.stderr.write("the Vibe Charting tools are offered on standard input and output\n");
      await closed;
    });
}
