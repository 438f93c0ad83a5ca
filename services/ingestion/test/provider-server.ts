import { createServer, type IncomingMessage, type ServerResponse } from "node:http";

export type Answer = (request: IncomingMessage, response: ServerResponse) => void;

export type ProviderServer = {
  readonly url: string;
  /** The paths that were asked for, with their parameters. */
  readonly asked: string[];
  /** Answers the next requests so, one after the other; the last one answers all that follow. */
  answers(...answers: readonly Answer[]): void;
  stop(): void;
};

/** A provider on this machine. */
export async function startProvider(...first: readonly Answer[]): Promise<ProviderServer> {
  let left = [...first];
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? "");
    const answer = left.length > 1 ? left.shift() : left[0];
    if (answer) answer(request, response);
    else response.writeHead(500).end();
  });
  await new Promise<void>(resolve => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (typeof address !== "object" || address === null) throw new Error("The provider listens on no port");
  return {
    url: `http://127.0.0.1:${address.port}`,
    asked,
    answers: (...answers) => {
      left = [...answers];
    },
    stop: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

export function json(body: unknown, status = 200, headers: Readonly<Record<string, string>> = {}): Answer {
  return (_request, response) =>
    response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(body));
}

export function text(
  body: string,
  status = 200,
  headers: Readonly<Record<string, string>> = { "content-type": "text/html" },
): Answer {
  return (_request, response) => response.writeHead(status, headers).end(body);
}
