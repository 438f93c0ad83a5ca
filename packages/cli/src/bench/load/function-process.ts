import { existsSync, readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

// The process that one function runs in: its environment and its folder are the function's, its argument the bundle.

/** What one run gave, took, and how much memory the process has had at most so far. */
export type FunctionReport = { readonly result: unknown; readonly ms: number; readonly peakMiB: number };
/** A run, or why it failed. */
export type FunctionAnswer = FunctionReport | { readonly failure: string };

type Handler = (event: unknown, context: object) => Promise<unknown>;

const [, , bundleFile = "", exportName = "handler", timeoutSeconds = "60"] = process.argv;
const module: Readonly<Record<string, Handler>> = await import(pathToFileURL(bundleFile).href);
const handler = module[exportName];
if (!handler) throw new Error(`${bundleFile} exports no ${exportName}`);

process.on("message", event => {
  void answer(event).then(report => process.send?.(report));
});
process.send?.("ready");

async function answer(event: unknown): Promise<FunctionAnswer> {
  const startedAt = performance.now();
  const deadline = startedAt + Number(timeoutSeconds) * 1_000;
  const context = {
    functionName: process.env.AWS_LAMBDA_FUNCTION_NAME,
    functionVersion: "$LATEST",
    invokedFunctionArn: "arn:aws:lambda:us-east-2:000000000000:function:bench",
    memoryLimitInMB: "0",
    awsRequestId: "bench",
    getRemainingTimeInMillis: () => deadline - performance.now(),
  };
  try {
    const result = await handler?.(event, context);
    const ms = performance.now() - startedAt;
    return { result: result ?? null, ms, peakMiB: peakMiB() };
  } catch (error) {
    return { failure: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

/** Linux hands a process's largest size on to its child, so that its own is in /proc alone. */
function peakMiB(): number {
  const status = "/proc/self/status";
  const [, ownKiB] = (existsSync(status) && /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(status, "utf8"))) || [];
  return (ownKiB === undefined ? process.resourceUsage().maxRSS : Number(ownKiB)) / 1_024;
}
