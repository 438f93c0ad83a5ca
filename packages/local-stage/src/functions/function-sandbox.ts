import { randomUUID } from "node:crypto";
import type { Writable } from "node:stream";
import { Worker } from "node:worker_threads";
import type { FunctionError, InvokeMessage, WorkerMessage, WorkerSetup } from "./invocation.ts";

/** Lambda ends an init after 10 s; a laptop that starts all functions at once gets more. */
const INIT_TIMEOUT_MS = 30_000;

export type SandboxOptions = {
  functionName: string;
  functionArn: string;
  bundleFile: string;
  exportName: string;
  memoryMegabytes: number;
  compileCacheDirectory: string;
  environment: Record<string, string>;
  knownHosts: readonly string[];
  log: Writable;
};

/** `dead` says that the sandbox cannot be used again. */
type SandboxAnswer = { ok: true; payload: string } | { ok: false; error: FunctionError; dead: boolean };

/** One worker thread with one loaded bundle: what Lambda calls an execution environment. */
export type Sandbox = {
  invoke(requestId: string, event: string, timeoutMs: number): Promise<SandboxAnswer>;
  isAlive(): boolean;
  terminate(): Promise<void>;
};

/** Starts a thread and loads the bundle; resolves to the error when that fails. */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox | FunctionError> {
  const setup: WorkerSetup = {
    functionName: options.functionName,
    functionArn: options.functionArn,
    memoryMegabytes: options.memoryMegabytes,
    bundleFile: options.bundleFile,
    exportName: options.exportName,
    compileCacheDirectory: options.compileCacheDirectory,
    knownHosts: options.knownHosts,
    logStreamName: `local/${randomUUID()}`,
  };
  const worker = new Worker(new URL("./function-worker.ts", import.meta.url), {
    workerData: setup,
    env: options.environment,
    execArgv: [],
    stdout: true,
    stderr: true,
    // Twice the function's memory: the limit is there for leaks, not to imitate Lambda's accounting.
    resourceLimits: { maxOldGenerationSizeMb: Math.max(256, options.memoryMegabytes * 2) },
  });
  worker.stdout.pipe(options.log, { end: false });
  worker.stderr.pipe(options.log, { end: false });

  let alive = true;
  let waiting: ((message: WorkerMessage | { kind: "crash"; error: FunctionError }) => void) | undefined;
  let crash: FunctionError | undefined;
  const die = (error: FunctionError) => {
    crash ??= error;
    alive = false;
    waiting?.({ kind: "crash", error: crash });
  };
  worker.on("message", (message: WorkerMessage) => waiting?.(message));
  worker.on("messageerror", error => die(runtimeError("Runtime.ExitError", error.message)));
  // An exception or rejection that nothing in the function handled.
  worker.on("error", error => {
    const fault = error instanceof Error ? error : new Error(String(error));
    die({ errorType: fault.name, errorMessage: fault.message, trace: (fault.stack ?? "").split("\n") });
  });
  worker.on("exit", code => {
    die(runtimeError("Runtime.ExitError", `Runtime exited with error: exit status ${code}`));
  });
  const terminate = async () => {
    alive = false;
    await worker.terminate();
  };

  const answerWithin = async (timeoutMs: number) => {
    const timeout = Promise.withResolvers<{ kind: "timeout" }>();
    const timer = setTimeout(() => timeout.resolve({ kind: "timeout" }), timeoutMs);
    const answer = new Promise<WorkerMessage | { kind: "crash"; error: FunctionError }>(resolve => {
      waiting = resolve;
      if (crash !== undefined) resolve({ kind: "crash", error: crash });
    });
    const first = await Promise.race([answer, timeout.promise]);
    clearTimeout(timer);
    waiting = undefined;
    return first;
  };

  const started = await answerWithin(INIT_TIMEOUT_MS);
  if (started.kind !== "ready") {
    await terminate();
    if (started.kind === "init-error" || started.kind === "crash") return started.error;
    return runtimeError("Runtime.InitTimeout", `Init did not end within ${INIT_TIMEOUT_MS / 1000} seconds`);
  }

  return {
    isAlive: () => alive,
    terminate,
    invoke: async (requestId, event, timeoutMs) => {
      const message: InvokeMessage = {
        kind: "invoke",
        requestId,
        event,
        deadlineMs: Date.now() + timeoutMs,
      };
      const answered = answerWithin(timeoutMs);
      worker.postMessage(message);
      const answer = await answered;
      switch (answer.kind) {
        case "result":
          return { ok: true, payload: answer.payload };
        case "error":
          return { ok: false, error: answer.error, dead: false };
        case "crash":
          return { ok: false, error: answer.error, dead: true };
        default: {
          await terminate();
          const seconds = (timeoutMs / 1000).toFixed(2);
          const text = `${new Date().toISOString()} ${requestId} Task timed out after ${seconds} seconds`;
          return { ok: false, error: runtimeError("Sandbox.Timedout", text), dead: true };
        }
      }
    },
  };
}

function runtimeError(errorType: string, errorMessage: string): FunctionError {
  return { errorType, errorMessage, trace: [] };
}
