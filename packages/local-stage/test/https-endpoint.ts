import type { IncomingHttpHeaders } from "node:http";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { generate } from "selfsigned";

export type Posted = { readonly headers: IncomingHttpHeaders; readonly path: string; readonly body: string };

export type HttpsEndpoint = {
  readonly port: number;
  /** Of the endpoint's own certificate, which nobody else trusts. */
  readonly certificate: string;
  readonly posts: Posted[];
  /** What it answers from now on: 200 until then. */
  answerWith(...statuses: readonly number[]): void;
  stop(): Promise<void>;
};

/** An HTTPS server on this machine with a certificate for a host, which keeps what is posted to it. */
export async function startHttpsEndpoint(host: string): Promise<HttpsEndpoint> {
  const { private: key, cert } = await generate([{ name: "commonName", value: host }], {
    algorithm: "sha256",
    keySize: 2048,
    extensions: [{ name: "subjectAltName", altNames: [{ type: 2, value: host }] }],
  });
  const posts: Posted[] = [];
  let statuses: number[] = [];
  const server = createServer({ key, cert }, (request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      posts.push({
        headers: request.headers,
        path: request.url ?? "",
        body: Buffer.concat(chunks).toString("utf8"),
      });
      response.writeHead(statuses.shift() ?? 200).end();
    });
  });
  await new Promise<void>(resolve => server.listen(0, "127.0.0.1", resolve));
  // A server that listens on TCP has such an address.
  const { port } = server.address() as AddressInfo;
  return {
    port,
    certificate: cert,
    posts,
    answerWith: (...next) => {
      statuses = [...next];
    },
    stop: async () => {
      server.closeAllConnections();
      await new Promise(resolve => server.close(resolve));
    },
  };
}
