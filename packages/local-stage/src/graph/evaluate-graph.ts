import { type ChildProcess, fork } from "node:child_process";
import { mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { type BuildRequest, type BuiltFunction, startFunctionBundler } from "./bundle-function.ts";
import { bundlePlatform, findPlatform } from "./bundle-platform.ts";
import { bundleStacks } from "./bundle-stacks.ts";
import { startComponentServer } from "./component-server.ts";
import { withEsbuild } from "./esbuild-service.ts";
import { functionBuilds } from "./function-builds.ts";
import type { LocalValues } from "./local-values.ts";
import { placeInStacks } from "./place-in-stacks.ts";
import type { ResourceGraph } from "./resource-graph.ts";
import type { EvaluateMessage, PrepareMessage, StackResult } from "./stack-process-protocol.ts";

export interface EvaluateOptions {
  /** Absolute path of the folder with sst.config.ts and .sst/platform. */
  projectDirectory: string;
  stage: string;
  values: LocalValues;
  /** Where the functions' bundles go, a folder each; what is unchanged since the last evaluation stays. */
  buildDirectory: string;
  /** What the stacks see as `process.env`; by default this process's own. */
  environment?: Record<string, string | undefined>;
  /** Leaves the functions' code out, which takes most of the time: for who reads the graph and runs none of it. */
  withoutBundles?: true;
  /** Receives what the stacks and SST's components print; by default nobody does. */
  onOutput?: (text: string) => void;
}

/**
 * Evaluates sst.config.ts as `sst deploy` would, without AWS and without a network, and bundles its functions.
 * Rejects with the stack's file and the reason when a stack throws or a function cannot be bundled.
 */
export function evaluateGraph(options: EvaluateOptions): Promise<ResourceGraph> {
  return withEsbuild(() => evaluate(options));
}

async function evaluate(options: EvaluateOptions): Promise<ResourceGraph> {
  const projectDirectory = resolve(options.projectDirectory);
  const buildDirectory = resolve(options.buildDirectory);
  const workDirectory = join(buildDirectory, ".work");
  const stacksBundle = join(workDirectory, "stacks.mjs");
  const platformDirectory = findPlatform(projectDirectory);
  await mkdir(workDirectory, { recursive: true });

  const platformBundle = await bundlePlatform(platformDirectory);
  const isOutline = options.withoutBundles === true;
  const bundleFunction = startFunctionBundler(projectDirectory, buildDirectory, isOutline);
  const builds: { request: BuildRequest; bundle: Promise<BuiltFunction> }[] = [];
  const server = await startComponentServer(request => {
    const bundle = bundleFunction(request);
    builds.push({ request, bundle });
    // The stacks go on after a failure, so that all functions that fail are reported at once.
    return bundle.catch(() => ({ handler: request.handler, out: buildDirectory, sourcemaps: [] }));
  });
  const child = startStackProcess(server.url, platformDirectory, options);
  let answered = false;
  try {
    const result = receiveResult(child, options.onOutput);
    // The child may fail while the stacks are still being bundled; it is then reported where it is awaited.
    result.catch(() => undefined);
    send(child, { kind: "prepare", platformDirectory, platformBundle });
    await bundleStacks(projectDirectory, platformDirectory, stacksBundle);
    const { stage, values } = options;
    send(child, {
      kind: "evaluate",
      projectDirectory,
      platformDirectory,
      stacksBundle,
      workDirectory,
      stage,
      values,
    });
    const evaluated = await result;
    answered = true;
    const settled = await Promise.allSettled(builds.map(({ bundle }) => bundle));
    const reasons = settled.flatMap(build =>
      build.status === "rejected" ? [String(build.reason.message)] : [],
    );
    if (reasons.length > 0) throw new Error([...new Set(reasons)].sort().join("\n"));
    if (evaluated.kind === "failed") {
      throw new Error(placeInStacks(evaluated.message, evaluated.stack, { projectDirectory, stacksBundle }));
    }
    const { appName, region, resources } = evaluated;
    const bundled = builds.map(async ({ request, bundle }) => ({ request, bundle: await bundle }));
    const functions = functionBuilds(resources, await Promise.all(bundled));
    return withLocalUrls({ app: { name: appName, stage }, region, resources, functions }, values);
  } finally {
    // Once it has answered it ends by itself, and first keeps the code that it compiled.
    if (!answered) child.kill();
    server.close();
  }
}

function startStackProcess(
  serverUrl: string,
  platformDirectory: string,
  options: EvaluateOptions,
): ChildProcess {
  return fork(fileURLToPath(new URL("./stack-process.ts", import.meta.url)), [], {
    cwd: options.projectDirectory,
    execArgv: ["--no-warnings"],
    stdio: ["ignore", "pipe", "pipe", "ipc"],
    env: {
      ...(options.environment ?? process.env),
      SST_SERVER: serverUrl,
      SST_STAGE: options.stage,
      PULUMI_SKIP_UPDATE_CHECK: "true",
      // Compiled code of Pulumi and SST, so that only the first evaluation pays for parsing it.
      NODE_COMPILE_CACHE: join(platformDirectory, "local-stage", "compiled"),
    },
  });
}

function send(child: ChildProcess, message: PrepareMessage | EvaluateMessage): void {
  // Once the child is gone its result says why.
  if (child.connected) child.send(message);
}

function receiveResult(child: ChildProcess, onOutput?: (text: string) => void): Promise<StackResult> {
  const printed: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (text: string) => {
      printed.push(text);
      onOutput?.(text);
    });
  }
  return new Promise((resolvePromise, reject) => {
    child.once("message", (result: StackResult) => resolvePromise(result));
    child.once("error", reject);
    child.once("exit", (code, signal) => {
      reject(
        new Error(
          `The evaluation of the stacks ended with ${signal ?? `exit code ${code}`} and without a result.\n${printed.join("").trim()}`,
        ),
      );
    });
  });
}

/** SST derives URLs (and stacks the origins) of APIs and queues from their ids and names; on this machine both answer elsewhere. */
function withLocalUrls(graph: ResourceGraph, { apiUrl, awsEndpoint }: LocalValues): ResourceGraph {
  const derivedApiUrl = /https:\/\/[a-z0-9]+\.execute-api\.[a-z0-9-]+\.amazonaws\.com(\/[A-Za-z0-9-]+\/?)?/g;
  const derivedQueueHost = /https:\/\/sqs\.[a-z0-9-]+\.amazonaws\.com/g;
  const json = JSON.stringify(graph).replace(derivedApiUrl, apiUrl).replace(derivedQueueHost, awsEndpoint);
  // The graph is plain JSON, so that nothing is lost on the way.
  return JSON.parse(json) as ResourceGraph;
}
