import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import type { StepFault } from "./faults.ts";
import type { Gate, Grant } from "./gate.ts";
import { killProcess, type SimulatedProcess } from "./process.ts";
import { acceptanceOf, onlyPart, readCall, withOtherDeduplication } from "./service-calls.ts";

export type ServiceProxy = { readonly url: string; readonly close: () => void };

/** An HTTP answer, whole. */
type Answer = {
  readonly status: number;
  readonly headers: NodeJS.Dict<string | string[]>;
  readonly body: string;
};

type Options = {
  readonly process: SimulatedProcess;
  readonly gate: Gate;
  /** Where SNS and SQS are served. */
  readonly awsPort: number;
  /** The provider's listing of now. */
  readonly listing: () => unknown;
  /** Is given messages that SNS has taken and that reach the queue only when it says so. */
  readonly onLate: (deliver: () => Promise<void>) => void;
  /** Hears every answer of SNS and SQS, also those that do not reach the process. */
  readonly onAnswer: (action: string, request: string, answer: string) => void;
};

/** Stands between one process and SNS, SQS and the market data provider: every call is a step. */
export async function startServiceProxy(options: Options): Promise<ServiceProxy> {
  const agent = new Agent({ keepAlive: true });
  const server = createServer((incoming, outgoing) => {
    outgoing.on("error", () => {});
    if (options.process.isKilled) return void incoming.socket.destroy();
    answer(options, agent, incoming, outgoing).catch(() => incoming.socket.destroy());
  });
  await new Promise<void>(resolve => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The proxy has no port");
  options.process.onKill.push(() => server.close());
  return {
    url: `http://127.0.0.1:${address.port}`,
    close: () => {
      server.close();
      server.closeAllConnections();
      agent.destroy();
    },
  };
}

async function answer(
  options: Options,
  agent: Agent,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const body = await readBody(incoming);
  if (incoming.url?.startsWith("/v3/")) return await answerListing(options, outgoing);
  const { process, gate } = options;
  const call = readCall(incoming.headers["x-amz-target"]?.toString(), body);
  const grant = await gate.arrive({
    process,
    edge: call.edge,
    label: call.label,
    backend: null,
    entries: call.entries,
    isInTransaction: false,
    isOrdered: call.isOrdered,
  });
  const forward = async (text: string) => {
    const result = await callAws(options.awsPort, agent, incoming, text);
    options.onAnswer(call.action, text, result.body);
    return result;
  };
  const { fault } = grant;
  if (fault === "killed before the call") return kill(process, grant);
  const refusal = refusals[fault ?? ""];
  if (refusal) {
    send(outgoing, refusalOf(call.isJson, refusal));
    return grant.done(true);
  }
  if (fault === "delivered late, as after a redrive") {
    options.onLate(async () => void (await forward(withOtherDeduplication(body))));
    send(outgoing, { status: 200, headers: { "content-type": "text/xml" }, body: acceptanceOf(body) });
    return grant.done(true);
  }
  const part = fault === "accepted in part" ? onlyPart(call, body) : null;
  const result = await forward(part?.body ?? body);
  if (fault === "accepted twice") await forward(body);
  const isAgain = fault === "delivered again past the deduplication window";
  if (isAgain) await forward(withOtherDeduplication(body));
  if (fault === "killed after the call") return kill(process, grant);
  if (fault === "accepted, then timed out") outgoing.socket?.destroy();
  else if (!process.isKilled) send(outgoing, part ? { ...result, body: part.complete(result.body) } : result);
  grant.done(fault !== null && (fault !== "accepted in part" || part !== null));
}

const refusals: Readonly<Partial<Record<StepFault | "", { status: number; code: string }>>> = {
  "call refused": { status: 500, code: "InternalError" },
  "call throttled": { status: 429, code: "ThrottlingException" },
};

function refusalOf(isJson: boolean, { status, code }: { status: number; code: string }): Answer {
  if (isJson) {
    const body = JSON.stringify({ __type: `com.amazonaws.sqs#${code}`, message: "not now" });
    return { status, headers: { "content-type": "application/x-amz-json-1.0" }, body };
  }
  const body = `<ErrorResponse><Error><Type>Receiver</Type><Code>${code}</Code><Message>not now</Message></Error></ErrorResponse>`;
  return { status, headers: { "content-type": "text/xml" }, body };
}

function kill(process: SimulatedProcess, grant: Grant): void {
  killProcess(process);
  grant.done(true);
}

async function answerListing({ process, gate, listing }: Options, outgoing: ServerResponse): Promise<void> {
  const step = { process, backend: null, entries: 1, isInTransaction: false, isOrdered: false };
  const grant = await gate.arrive({ ...step, edge: "listing", label: "GET listings/latest" });
  const body = JSON.stringify(listing());
  const ok: Answer = { status: 200, headers: { "content-type": "application/json" }, body };
  const { fault } = grant;
  switch (fault) {
    case "killed before the call":
    case "killed after the call":
      return kill(process, grant);
    case "provider answers 429":
      send(outgoing, { ...refusedListing(429, 1008), headers: { ...ok.headers, "retry-after": "2" } });
      return grant.done(true);
    case "provider answers 503":
      send(outgoing, { status: 503, headers: { "content-type": "text/html" }, body: "<h1>unavailable</h1>" });
      return grant.done(true);
    case "the day's limit is used up":
      send(outgoing, refusedListing(429, 1009));
      return grant.done(true);
    case "provider refuses its key":
      send(outgoing, refusedListing(401, 1001));
      return grant.done(true);
    case "wrong JSON":
      send(outgoing, { ...ok, body: body.replace('"price":', '"price":NaN,"was":') });
      return grant.done(true);
    case "an error page":
      send(outgoing, { ...ok, headers: { "content-type": "text/html" }, body: "<h1>welcome</h1>" });
      return grant.done(true);
    case "half a body":
      outgoing.writeHead(200, { ...ok.headers, "content-length": Buffer.byteLength(body) });
      outgoing.write(body.slice(0, body.length / 2), () => outgoing.socket?.destroy());
      return grant.done(true);
    case "slow body": {
      outgoing.writeHead(200, { ...ok.headers, "content-length": Buffer.byteLength(body) });
      outgoing.write(body.slice(0, body.length / 2));
      grant.done(true);
      const rest = await gate.arrive({ ...step, edge: "rest of body", label: "rest of listings/latest" });
      if (!process.isKilled) outgoing.end(body.slice(body.length / 2));
      return rest.done(false);
    }
    default:
      if (!process.isKilled) send(outgoing, ok);
      return grant.done(false);
  }
}

function refusedListing(status: number, code: number): Answer {
  const body = JSON.stringify({ status: { error_code: code, error_message: "not now", credit_count: 0 } });
  return { status, headers: { "content-type": "application/json" }, body };
}

function send(outgoing: ServerResponse, { status, headers, body }: Answer): void {
  const {
    "content-length": _length,
    "transfer-encoding": _encoding,
    connection: _connection,
    ...kept
  } = headers;
  outgoing.writeHead(status, { ...kept, "content-length": Buffer.byteLength(body) });
  outgoing.end(body);
}

async function callAws(port: number, agent: Agent, incoming: IncomingMessage, body: string): Promise<Answer> {
  return await new Promise((resolve, reject) => {
    const headers = { ...incoming.headers, "content-length": Buffer.byteLength(body) };
    const call = request(
      { host: "127.0.0.1", port, agent, method: incoming.method, path: incoming.url, headers },
      response => {
        readBody(response).then(
          text => resolve({ status: response.statusCode ?? 500, headers: response.headers, body: text }),
          reject,
        );
      },
    );
    call.on("error", reject);
    call.end(body);
  });
}

async function readBody(message: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk);
  return Buffer.concat(chunks).toString("utf8");
}
