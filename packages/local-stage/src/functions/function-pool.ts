import { randomUUID } from "node:crypto";
import { LocalStageError } from "../local-stage-error.ts";
import { type Sandbox, type SandboxOptions, startSandbox } from "./function-sandbox.ts";
import type { FunctionError, InvocationResult } from "./invocation.ts";

/** Lambda's limit for a synchronous answer, in bytes. */
const MAX_PAYLOAD_BYTES = 6_291_556;

export type FunctionPool = {
  invoke(event: unknown): Promise<InvocationResult>;
  /** Invocations that run or wait for a sandbox. */
  active(): number;
  stop(): Promise<void>;
};

/**
 * The sandboxes of one function: reused, last used first, and at most `concurrency` of them at a time; further
 * invocations wait their turn. The first sandbox is started now, so that a function that cannot load fails here.
 */
export async function startFunctionPool(
  options: SandboxOptions & { concurrency: number; timeoutSeconds: number },
): Promise<FunctionPool> {
  const idle: Sandbox[] = [];
  const live = new Set<Sandbox>();
  const queue: (() => void)[] = [];
  let busy = 0;
  let active = 0;
  let stopped = false;

  const start = async (): Promise<Sandbox | FunctionError> => {
    const started = await startSandbox(options);
    if (!("invoke" in started)) return started;
    live.add(started);
    if (stopped) await started.terminate();
    return started;
  };

  const acquire = async (requestId: string): Promise<Sandbox | FunctionError> => {
    // Lambda would refuse it, and count it among the function's Throttles; who called would have to try again.
    if (busy >= options.concurrency) {
      const message = `Rate Exceeded: ${busy} runs are all that may run at once; this one waits`;
      const throttled = { level: "WARN", requestId, throttled: true, message };
      options.log.write(`${JSON.stringify(throttled)}\n`);
    }
    while (busy >= options.concurrency) await new Promise<void>(resolve => queue.push(resolve));
    busy += 1;
    // Nothing may start a thread that nobody would stop.
    if (stopped) return { errorType: "Runtime.Stopped", errorMessage: "The local stage stops.", trace: [] };
    for (let sandbox = idle.pop(); sandbox !== undefined; sandbox = idle.pop()) {
      if (sandbox.isAlive()) return sandbox;
      live.delete(sandbox);
    }
    return await start();
  };

  const invoke = async (event: unknown): Promise<InvocationResult> => {
    const requestId = randomUUID();
    active += 1;
    try {
      const sandbox = await acquire(requestId);
      try {
        if (!("invoke" in sandbox)) return { ok: false, requestId, error: sandbox };
        const text = JSON.stringify(event ?? null);
        const answer = await sandbox.invoke(requestId, text, options.timeoutSeconds * 1000);
        if (!answer.ok && answer.dead) live.delete(sandbox);
        else if (!stopped) idle.push(sandbox);
        if (!answer.ok) {
          options.log.write(`${JSON.stringify({ level: "ERROR", requestId, ...answer.error })}\n`);
          return { ok: false, requestId, error: answer.error };
        }
        return checkSize(requestId, answer.payload);
      } finally {
        busy -= 1;
        queue.shift()?.();
      }
    } finally {
      active -= 1;
    }
  };

  const first = await start();
  if (!("invoke" in first)) throw initError(options, first);
  idle.push(first);
  return {
    invoke,
    active: () => active,
    stop: async () => {
      stopped = true;
      await Promise.all([...live].map(sandbox => sandbox.terminate()));
    },
  };
}

function checkSize(requestId: string, payload: string): InvocationResult {
  if (Buffer.byteLength(payload) <= MAX_PAYLOAD_BYTES) return { ok: true, requestId, payload };
  const error: FunctionError = {
    errorType: "Function.ResponseSizeTooLarge",
    errorMessage: `Response payload size exceeded maximum allowed payload size (${MAX_PAYLOAD_BYTES} bytes).`,
    trace: [],
  };
  return { ok: false, requestId, error };
}

function initError(options: SandboxOptions, error: FunctionError): LocalStageError {
  const where = error.trace.slice(0, 6).join("\n");
  return new LocalStageError(
    `The function ${options.functionName} does not start: ${error.errorType}: ${error.errorMessage}\nLook at its handler, link and environment in stacks/.${where === "" ? "" : `\n${where}`}`,
  );
}
