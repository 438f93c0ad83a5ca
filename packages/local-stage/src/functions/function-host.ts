import { createWriteStream } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { finished } from "node:stream/promises";
import {
  type FunctionBuild,
  functionNamed,
  type ResourceGraph,
  resourcesOf,
} from "../graph/resource-graph.ts";
import { LocalStageError } from "../local-stage-error.ts";
import { LOCAL_ACCOUNT_ID, optionalNumber, optionalString } from "../resource-reader.ts";
import { functionEnvironment, type ServiceEndpoints } from "./function-environment.ts";
import { type FunctionPool, startFunctionPool } from "./function-pool.ts";
import type { InvocationResult } from "./invocation.ts";

/** Sandboxes at a time of a function without reserved concurrency: enough to show races, little enough for a laptop. */
const DEFAULT_CONCURRENCY = 2;

export type FunctionHost = {
  /** Takes the physical name. */
  invoke(functionName: string, event: unknown): Promise<InvocationResult>;
  activeInvocations(): number;
  /** Invocations of the function that run at a time; more wait. */
  concurrencyOf(functionName: string): number;
  stop(): Promise<void>;
};

/** Loads every function of the graph; one that cannot be loaded fails the start. */
export async function startFunctionHost(options: {
  graph: ResourceGraph;
  endpoints: ServiceEndpoints;
  logsDirectory: string;
  compileCacheDirectory: string;
  /** Hosts on this machine that stand for hosts of the public internet. */
  knownHosts?: readonly string[];
}): Promise<FunctionHost> {
  const { graph } = options;
  await mkdir(options.logsDirectory, { recursive: true });
  const pools = new Map<string, FunctionPool>();
  const concurrency = new Map(
    graph.functions.map(build => [
      build.functionName,
      reservedConcurrency(graph, build) ?? DEFAULT_CONCURRENCY,
    ]),
  );
  const closeLogs: (() => Promise<void>)[] = [];
  const stop = async () => {
    await Promise.all([...pools.values()].map(pool => pool.stop()));
    await Promise.all(closeLogs.map(close => close()));
  };
  const start = async (build: FunctionBuild): Promise<void> => {
    const log = createWriteStream(join(options.logsDirectory, `${build.functionName}.log`), { flags: "a" });
    // Every sandbox pipes two streams into it.
    log.setMaxListeners(0);
    closeLogs.push(async () => {
      log.end();
      await finished(log).catch(() => undefined);
    });
    const pool = await startFunctionPool({
      functionName: build.functionName,
      functionArn: `arn:aws:lambda:${graph.region}:${LOCAL_ACCOUNT_ID}:function:${build.functionName}`,
      bundleFile: resolve(build.bundleDirectory, build.entry.file),
      exportName: build.entry.exportName,
      compileCacheDirectory: options.compileCacheDirectory,
      memoryMegabytes: build.memoryMegabytes,
      timeoutSeconds: build.timeoutSeconds,
      concurrency: concurrency.get(build.functionName) ?? DEFAULT_CONCURRENCY,
      environment: functionEnvironment(graph, build, options.endpoints),
      knownHosts: options.knownHosts ?? [],
      log,
    });
    pools.set(build.functionName, pool);
  };
  const started = await Promise.allSettled(graph.functions.map(start));
  const failed = started.filter(result => result.status === "rejected").map(({ reason }) => reason);
  if (failed.length > 0) {
    await stop();
    if (failed.length === 1) throw failed[0];
    throw new LocalStageError(
      failed.map(reason => (reason instanceof Error ? reason.message : String(reason))).join("\n\n"),
    );
  }
  return {
    invoke: async (functionName, event) => {
      const pool = pools.get(functionName);
      if (pool === undefined) throw new LocalStageError(`There is no function ${functionName}.`);
      return await pool.invoke(event);
    },
    concurrencyOf: functionName => concurrency.get(functionName) ?? DEFAULT_CONCURRENCY,
    activeInvocations: () => [...pools.values()].reduce((sum, pool) => sum + pool.active(), 0),
    stop,
  };
}

function reservedConcurrency(graph: ResourceGraph, build: FunctionBuild): number | undefined {
  const resource = resourcesOf(graph, "aws:lambda/function:Function").find(
    candidate => optionalString(candidate, "name") === build.functionName,
  );
  const reserved = resource && optionalNumber(resource, "reservedConcurrentExecutions");
  if (reserved === 0) {
    throw new LocalStageError(
      `The function ${build.functionName} has a reserved concurrency of 0, with which Lambda never runs it.`,
    );
  }
  // -1 is Lambda's "no reservation".
  return reserved !== undefined && reserved > 0 ? reserved : undefined;
}

/** Finds a function as a person would name it: physical or logical name, or the end of either. */
export function findFunction(graph: ResourceGraph, name: string): FunctionBuild {
  const exact = functionNamed(graph, name);
  if (exact !== undefined) return exact;
  const wanted = name.toLowerCase();
  const matches = graph.functions.filter(
    ({ functionName, resourceName }) =>
      functionName.toLowerCase().endsWith(wanted) || resourceName.toLowerCase().endsWith(wanted),
  );
  const [only] = matches;
  if (only !== undefined && matches.length === 1) return only;
  const known = (matches.length > 1 ? matches : graph.functions).map(build => build.functionName).join(", ");
  throw new LocalStageError(
    `${matches.length > 1 ? "Several functions end" : "No function ends"} with "${name}": ${known || "the stacks declare none"}.`,
  );
}
