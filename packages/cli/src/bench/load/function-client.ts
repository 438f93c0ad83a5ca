import { type ChildProcess, fork } from "node:child_process";
import { join, resolve } from "node:path";
import type { FunctionBuild } from "@vibe-charting/local-stage";
import { functionEnvironment } from "../function-environment.ts";
import type { BenchStage } from "../with-bench-stage.ts";
import type { FunctionAnswer, FunctionReport } from "./function-process.ts";

/** A function in a process of its own, as a Lambda execution environment is one. */
export type FunctionClient = {
  readonly build: FunctionBuild;
  /** Runs it; one run at a time. Throws with the function's error. */
  readonly run: (event: unknown) => Promise<FunctionReport>;
  /** The most memory that the process has had, and the longest that a run took. */
  readonly most: () => { readonly peakMiB: number; readonly runMs: number };
  readonly stop: () => void;
};

/** Of a function's memory, what its JavaScript may take: the rest is for the process itself. */
const heapShare = 0.9;

/** Starts a function of the stacks from its bundle, with the environment that they give it and the links given here. */
export async function startFunction(
  { graph, stage, secretsUrl }: BenchStage,
  resourceName: string,
  links: FunctionBuild["links"] = {},
): Promise<FunctionClient> {
  const build = graph.functions.find(candidate => candidate.resourceName === resourceName);
  if (!build) throw new Error(`The stacks declare no function ${resourceName}`);
  const endpoints = { messaging: stage.messagingEndpoint, secrets: secretsUrl };
  const linked = { ...build, links: { ...build.links, ...links } };
  const child = startProcess(
    [resolve(build.bundleDirectory, build.entry.file), build.entry.exportName, String(build.timeoutSeconds)],
    {
      cwd: build.bundleDirectory,
      env: { PATH: process.env.PATH, ...functionEnvironment(graph, linked, endpoints) },
      execArgv: ["--no-warnings", `--max-old-space-size=${Math.floor(build.memoryMegabytes * heapShare)}`],
    },
  );
  const client = await processClient(child, resourceName);
  return { build, ...client };
}

/** Starts a module of this repository, which exports a `handler`, in a process of its own. */
export async function startModule(
  file: string,
  env: Readonly<Record<string, string>>,
): Promise<Omit<FunctionClient, "build">> {
  const child = startProcess([file], {
    env: { PATH: process.env.PATH, ...env },
    execArgv: ["--no-warnings"],
  });
  return await processClient(child, file);
}

function startProcess(
  args: readonly string[],
  options: { cwd?: string; env: NodeJS.ProcessEnv; execArgv: string[] },
): ChildProcess {
  const file = join(import.meta.dirname, "function-process.ts");
  return fork(file, args, { ...options, stdio: ["ignore", "ignore", "inherit", "ipc"] });
}

async function processClient(child: ChildProcess, name: string): Promise<Omit<FunctionClient, "build">> {
  const ended = Promise.withResolvers<never>();
  child.once("exit", code => ended.reject(new Error(`The process of ${name} ended with ${code}`)));
  child.once("error", ended.reject);
  // Whoever waits for an answer hears of it; without anybody waiting it is no fault.
  ended.promise.catch(() => undefined);
  const next = async () => {
    const answered = new Promise<unknown>(resolve => child.once("message", resolve));
    return await Promise.race([answered, ended.promise]);
  };
  await next();
  let most = { peakMiB: 0, runMs: 0 };
  return {
    run: async event => {
      const answer = next();
      child.send(event as object);
      // The process is ours and sends nothing else.
      const report = (await answer) as FunctionAnswer;
      if ("failure" in report) throw new Error(`${name} failed: ${report.failure}`);
      most = {
        peakMiB: Math.max(most.peakMiB, report.peakMiB),
        runMs: Math.max(most.runMs, report.ms),
      };
      return report;
    },
    most: () => most,
    stop: () => child.kill(),
  };
}
