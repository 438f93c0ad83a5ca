import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import type { LocalStage } from "@vibe-charting/local-stage";

const invokePath = /^\/2015-03-31\/functions\/([^/]+)\/invocations$/;

/** Serves AWS Lambda's Invoke call for the stage's functions, on a free port of this machine. */
export async function startLambdaServer(
  stage: Pick<LocalStage, "invoke">,
): Promise<{ url: string; stop: () => Promise<void> }> {
  const server = createServer(async (request, response) => {
    const name = invokePath.exec(request.url ?? "")?.[1];
    const answer = (status: number, body: unknown, headers: Record<string, string> = {}) => {
      response
        .writeHead(status, { "content-type": "application/json", ...headers })
        .end(JSON.stringify(body ?? null));
    };
    if (request.method !== "POST" || name === undefined)
      return answer(404, { message: "Only Invoke is served here" });
    try {
      const body = await text(request);
      const result = await stage.invoke(decodeURIComponent(name), body === "" ? {} : JSON.parse(body));
      if (result.ok) answer(200, JSON.parse(result.payload));
      else answer(200, result.error, { "x-amz-function-error": "Unhandled" });
    } catch (error) {
      answer(400, { message: error instanceof Error ? error.message : String(error) });
    }
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  // A server that listens on a port has such an address.
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    stop: () =>
      new Promise(resolve => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
