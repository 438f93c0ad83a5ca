import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import { LocalStageError } from "./local-stage-error.ts";

export type LoopbackServer = { readonly port: number; stop(): Promise<void> };

/** Requests in progress may still be answered for this long after stop() is called. */
const GRACE_MS = 2_000;

/** An HTTP server on 127.0.0.1 that stops within a bounded time. */
export async function startLoopbackServer(options: {
  port: number;
  purpose: string;
  listener: RequestListener;
}): Promise<LoopbackServer> {
  const server = createServer(options.listener);
  server.listen(options.port, "127.0.0.1");
  try {
    await once(server, "listening");
  } catch (error) {
    throw new LocalStageError(
      `${options.purpose} cannot listen on 127.0.0.1:${options.port}: the port is in use. Stop what uses it, or choose another port.`,
      { cause: error },
    );
  }
  return {
    port: options.port,
    stop: async () => {
      const closed = once(server, "close");
      server.close();
      server.closeIdleConnections();
      const force = setTimeout(() => server.closeAllConnections(), GRACE_MS);
      await closed;
      clearTimeout(force);
    },
  };
}
