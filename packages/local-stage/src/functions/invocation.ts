/** What Lambda reports of a failed invocation. */
export type FunctionError = { errorType: string; errorMessage: string; trace: string[] };

/** `payload` is JSON text, as it goes over the wire. */
export type InvocationResult =
  | { ok: true; requestId: string; payload: string }
  | { ok: false; requestId: string; error: FunctionError };

/** Main thread -> worker. */
export type InvokeMessage = { kind: "invoke"; requestId: string; event: string; deadlineMs: number };

/** What the worker needs once, at its start. */
export type WorkerSetup = {
  functionName: string;
  functionArn: string;
  memoryMegabytes: number;
  bundleFile: string;
  exportName: string;
  logStreamName: string;
  /** Compiled code of the bundles is kept here between starts. */
  compileCacheDirectory: string;
  /** Hosts on this machine that stand for hosts of the public internet. */
  knownHosts: readonly string[];
};

/** Worker -> main thread. */
export type WorkerMessage =
  | { kind: "ready" }
  | { kind: "init-error"; error: FunctionError }
  | { kind: "result"; requestId: string; payload: string }
  | { kind: "error"; requestId: string; error: FunctionError };
