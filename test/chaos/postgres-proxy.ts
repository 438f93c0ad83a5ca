import { createServer, connect as openSocket, type Socket } from "node:net";
import type { Edge } from "./faults.ts";
import type { Gate, Grant } from "./gate.ts";
import {
  backendOf,
  type Frame,
  frameReader,
  readyAndIdle,
  simpleQuery,
  statementOf,
  transactionStatus,
  withStatement,
} from "./postgres-frames.ts";
import { killProcess, type SimulatedProcess } from "./process.ts";

export type PostgresProxy = {
  readonly port: number;
  /** The server processes of its sessions, also of those that have ended. */
  readonly backends: () => readonly number[];
  /** Also lets go of what a killed process still holds on its side. */
  readonly close: () => void;
};

type Options = {
  readonly process: SimulatedProcess;
  readonly gate: Gate;
  readonly target: { readonly host: string; readonly port: number };
  readonly terminateBackend: (backend: number) => Promise<void>;
  /** A mutation of the product under test: another statement in the place of its own. */
  readonly rewrite: (statement: string) => string;
};

/** Stands between one process and PostgreSQL: every statement is a step, and faults happen here. */
export async function startPostgresProxy(options: Options): Promise<PostgresProxy> {
  const sessions = new Set<Session>();
  const backends: number[] = [];
  const server = createServer(client => {
    client.setNoDelay(true);
    client.on("error", () => {});
    if (options.process.isKilled) return void client.destroy();
    const session = openSession(options, client, backend => backends.push(backend));
    sessions.add(session);
    client.once("close", () => sessions.delete(session));
  });
  await new Promise<void>(resolve => server.listen(0, "127.0.0.1", resolve));
  options.process.onKill.push(() => {
    server.close();
    for (const session of sessions) session.abandon();
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The proxy has no port");
  return {
    port: address.port,
    backends: () => backends,
    close: () => {
      server.close();
      for (const session of sessions) session.close();
    },
  };
}

type Session = {
  /** The server loses the session; the client hears nothing of it. */
  readonly abandon: () => void;
  readonly close: () => void;
};

/** What the server says until it is ready for the next statement. */
type Answer = { readonly frames: readonly Frame[]; readonly status: string };

function openSession(
  { process, gate, target, terminateBackend, rewrite }: Options,
  client: Socket,
  onBackend: (backend: number) => void,
): Session {
  let upstream: Socket | null = null;
  let backend: number | null = null;
  let status = "I";
  let collected: Frame[] = [];
  let answered: ((answer: Answer | null) => void) | null = null;

  const arrive = (edge: Edge, label: string) =>
    gate.arrive({
      process,
      edge,
      label,
      backend,
      entries: 1,
      isInTransaction: status !== "I",
      isOrdered: false,
    });
  const close = () => {
    upstream?.destroy();
    client.destroy();
  };
  const onFrames = (frames: readonly Frame[]) => {
    for (const frame of frames) {
      collected.push(frame);
      if (frame.type !== "Z") continue;
      status = transactionStatus(frame);
      const answer = { frames: collected, status };
      collected = [];
      const hear = answered;
      answered = null;
      if (hear) hear(answer);
      else deliver(answer);
    }
    // Nobody waits for an answer: the server speaks of itself, as when it ends the session.
    if (!answered && collected.length > 0 && backend !== null) deliver({ frames: collected.splice(0) });
  };
  const deliver = ({ frames }: Pick<Answer, "frames">) => {
    if (!process.isKilled) client.write(Buffer.concat(frames.map(({ bytes }) => bytes)));
  };
  const onUpstreamClose = () => {
    const last = collected.splice(0);
    if (last.length > 0) deliver({ frames: last });
    answered?.(null);
    answered = null;
    if (!process.isKilled) client.end();
  };
  /** Sends to the server, and waits for its answer; null when it ended the session instead. */
  const ask = (bytes: Buffer) =>
    new Promise<Answer | null>(resolve => {
      if (!upstream || upstream.destroyed) return resolve(null);
      answered = resolve;
      upstream.write(bytes);
    });

  const connect = async (startup: Buffer) => {
    const grant = await arrive("connect", "connect to PostgreSQL");
    if (grant.fault === "killed before the call") return kill(grant);
    if (grant.fault === "connection refused") {
      close();
      return grant.done(true);
    }
    upstream = openSocket(target);
    upstream.setNoDelay(true);
    upstream.on("error", () => {});
    upstream.on("close", onUpstreamClose);
    const read = frameReader();
    const ready = new Promise<void>(resolve => {
      answered = answer => {
        if (answer) deliver(answer);
        resolve();
      };
      upstream?.once("close", resolve);
    });
    // Until it is ready, the two talk about the password.
    upstream.on("data", chunk => {
      if (backend === null) client.write(chunk);
      const wasOpen = backend !== null;
      const frames = read(chunk);
      if (wasOpen) return onFrames(frames);
      for (const frame of frames.filter(({ type }) => type === "K")) {
        backend = backendOf(frame);
        onBackend(backend);
      }
      if (frames.some(({ type }) => type === "Z")) {
        answered?.(null);
        answered = null;
      }
    });
    upstream.write(startup);
    await ready;
    grant.done(false);
  };

  const kill = (grant: Grant) => {
    killProcess(process);
    grant.done(true);
  };

  const execute = async (unit: readonly Frame[]) => {
    const statement = unit.map(statementOf).find(text => text !== null) ?? "sync";
    const bytes = Buffer.concat(unit.map(frame => withStatement(frame, rewrite)));
    const grant = await arrive("statement", summarize(statement));
    const { fault } = grant;
    switch (fault) {
      case "killed before the call":
        return kill(grant);
      case "connection cut before the statement":
        close();
        return grant.done(true);
      case "backend terminated":
        if (backend !== null) await terminateBackend(backend);
        break;
      case "slow commit":
        return await executeSlowly(bytes, grant, statement);
      default:
        break;
    }
    const answer = await ask(bytes);
    if (fault === "killed after the call") return kill(grant);
    if (fault === "connection cut after the statement") {
      close();
      return grant.done(answer !== null);
    }
    if (answer) deliver(answer);
    grant.done(fault !== null);
  };

  /** A statement by itself is one transaction: here its commit comes later, and others see its locks until then. */
  const executeSlowly = async (bytes: Buffer, grant: Grant, statement: string) => {
    await ask(simpleQuery("BEGIN"));
    const answer = await ask(bytes);
    const failed = answer?.status !== "T";
    if (failed) await ask(simpleQuery("ROLLBACK"));
    grant.done(!failed);
    const commit = failed ? null : await arrive("commit", `commit of ${summarize(statement)}`);
    if (commit?.fault === "killed before the call") return kill(commit);
    const committed = failed || (await ask(simpleQuery("COMMIT"))) !== null;
    if (commit?.fault === "killed after the call") return kill(commit);
    if (answer && committed)
      deliver({ frames: [...answer.frames.slice(0, -1), { type: "Z", bytes: readyAndIdle }] });
    commit?.done(false);
  };

  const readClient = frameReader();
  let unit: Frame[] = [];
  let isStarted = false;
  let work = Promise.resolve();
  const inTurn = (next: () => Promise<void>) => {
    work = work.then(next).catch(close);
  };
  client.on("data", chunk => {
    if (!isStarted) {
      isStarted = true;
      return inTurn(() => connect(chunk));
    }
    if (backend === null) return void upstream?.write(chunk);
    for (const frame of readClient(chunk)) {
      if (frame.type === "X") {
        inTurn(async () => {
          upstream?.end(frame.bytes);
        });
        continue;
      }
      unit.push(frame);
      if (frame.type !== "S" && frame.type !== "Q") continue;
      const whole = unit;
      unit = [];
      inTurn(() => execute(whole));
    }
  });
  client.on("close", () => upstream?.destroy());
  return {
    abandon: () => {
      client.pause();
      upstream?.destroy();
    },
    close,
  };
}

/** The first words of a statement: enough to know it by. */
function summarize(statement: string): string {
  return statement.trim().split(/\s+/).slice(0, 6).join(" ").slice(0, 60);
}
