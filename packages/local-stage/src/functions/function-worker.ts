import { enableCompileCache, flushCompileCache } from "node:module";
import { pathToFileURL } from "node:url";
import { parentPort, workerData } from "node:worker_threads";
import type { Context } from "aws-lambda";
import type { FunctionError, InvokeMessage, WorkerMessage, WorkerSetup } from "./invocation.ts";
import { knowHosts } from "./known-hosts.ts";

// The thread that one function runs in: loads the bundle once, then answers one invocation at a time.

type Handler = (event: unknown, context: Context) => unknown;

const port = parentPort;
if (port === null) throw new Error("function-worker.ts runs in a worker thread only");
// The host passes exactly this to the worker it starts.
const setup = workerData as WorkerSetup;

const post = (message: WorkerMessage) => port.postMessage(message);

function describe(error: unknown): FunctionError {
  if (!(error instanceof Error)) {
    return { errorType: typeof error, errorMessage: String(error), trace: [] };
  }
  const causes: string[] = [];
  for (let cause = error.cause; cause !== undefined && causes.length < 5; ) {
    causes.push(`caused by ${cause instanceof Error ? (cause.stack ?? cause.message) : String(cause)}`);
    cause = cause instanceof Error ? cause.cause : undefined;
  }
  return {
    errorType: error.name,
    errorMessage: error.message,
    trace: [...(error.stack ?? "").split("\n"), ...causes],
  };
}

async function loadHandler(): Promise<Handler | FunctionError> {
  let module: Record<string, unknown>;
  try {
    module = await import(pathToFileURL(setup.bundleFile).href);
  } catch (error) {
    return describe(error);
  }
  // A CommonJS bundle puts its exports under "default".
  const fallback: unknown = module.default;
  const handler =
    module[setup.exportName] ??
    (typeof fallback === "object" && fallback !== null ? Reflect.get(fallback, setup.exportName) : undefined);
  // Any function can be called with an event and a context; what it returns is checked as JSON.
  if (typeof handler === "function") return handler as Handler;
  return {
    errorType: "Runtime.HandlerNotFound",
    errorMessage: `"${setup.exportName}" is undefined or not exported; exported: ${Object.keys(module).join(", ") || "nothing"}`,
    trace: [],
  };
}

function contextOf(message: InvokeMessage): Context {
  const unused = () => {
    throw new Error("callbacks do not exist in Node.js 24 on Lambda; return a value or a promise");
  };
  return {
    callbackWaitsForEmptyEventLoop: true,
    functionName: setup.functionName,
    functionVersion: "$LATEST",
    invokedFunctionArn: setup.functionArn,
    memoryLimitInMB: String(setup.memoryMegabytes),
    awsRequestId: message.requestId,
    logGroupName: `/aws/lambda/${setup.functionName}`,
    logStreamName: setup.logStreamName,
    getRemainingTimeInMillis: () => Math.max(0, message.deadlineMs - Date.now()),
    done: unused,
    fail: unused,
    succeed: unused,
  };
}

async function answer(handler: Handler, message: InvokeMessage): Promise<WorkerMessage> {
  const { requestId } = message;
  let result: unknown;
  try {
    result = await handler(JSON.parse(message.event), contextOf(message));
  } catch (error) {
    return { kind: "error", requestId, error: describe(error) };
  }
  try {
    return { kind: "result", requestId, payload: JSON.stringify(result ?? null) };
  } catch (error) {
    const { errorMessage, trace } = describe(error);
    const text = `Unable to stringify response body as json: ${errorMessage}`;
    return {
      kind: "error",
      requestId,
      error: { errorType: "Runtime.MarshalError", errorMessage: text, trace },
    };
  }
}

knowHosts(setup.knownHosts);
enableCompileCache(setup.compileCacheDirectory);
const handler = await loadHandler();
flushCompileCache();
if (typeof handler === "function") {
  port.on("message", (message: InvokeMessage) => {
    void answer(handler, message).then(post);
  });
  post({ kind: "ready" });
} else {
  post({ kind: "init-error", error: handler });
}
