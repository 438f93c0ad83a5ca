import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import type { BuildRequest, BuiltFunction } from "./bundle-function.ts";

type SstBuild = Pick<BuiltFunction, "handler" | "out" | "sourcemaps">;

interface ComponentServer {
  url: string;
  close(): void;
}

/** Answers what SST's components ask of SST's command line while they are evaluated: JSON-RPC over HTTP. */
export async function startComponentServer(
  buildFunction: (request: BuildRequest) => Promise<SstBuild>,
): Promise<ComponentServer> {
  // Names of the buckets and registries that SST would create in the account on its first deployment.
  const bootstrap = {
    asset: "sst-asset-local",
    state: "sst-state-local",
    assetEcrRegistryId: "000000000000",
    assetEcrUrl: "000000000000.dkr.ecr.local/sst-asset",
    appsyncHttp: "",
    appsyncRealtime: "",
  };

  async function answer(method: string, params: unknown): Promise<unknown> {
    if (method === "Provider.Aws.Bootstrap") return bootstrap;
    if (method === "Runtime.Build") {
      // SST's Function component sends it in this shape.
      const { handler, out, sourcemaps } = await buildFunction(params as BuildRequest);
      return { handler, out, sourcemaps, errors: [] };
    }
    throw new Error(`rpc: can't find method ${method}`);
  }

  const server = createServer(async (request, response) => {
    const { method, params } = JSON.parse(await text(request)) as { method: string; params: unknown[] };
    const body = await answer(method, params[0]).then(
      result => ({ result }),
      (error: Error) => ({ error: error.message }),
    );
    response.end(JSON.stringify(body));
  });
  await new Promise<void>(resolve => server.listen(0, "127.0.0.1", resolve));
  // A server that listens on a port has an address of this kind.
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
