import { fork } from "node:child_process";
import { extname, join } from "node:path";
import { projectDirectory } from "../../stage/project.ts";
import { functionEnvironment } from "../function-environment.ts";
import type { BenchStage } from "../with-bench-stage.ts";
import type { CallReport, CallRequest } from "./route-process.ts";

export type RouteClient = {
  readonly measure: (request: CallRequest) => Promise<CallReport>;
  readonly stop: () => void;
};

/** Starts the API's handler in a process of its own, with the environment that the stacks give it. */
export function startRouteProcess({ graph, stage, secretsUrl }: BenchStage): RouteClient {
  const build = graph.functions.find(({ resourceName }) => resourceName === "QueryProcessor");
  if (!build) throw new Error("The stacks declare no function QueryProcessor");
  const endpoints = { messaging: stage.messagingEndpoint, secrets: secretsUrl };
  const source = build.handler.slice(0, -extname(build.handler).length);
  const child = fork(
    join(import.meta.dirname, "route-process.ts"),
    [join(projectDirectory, `${source}.ts`)],
    {
      env: { PATH: process.env.PATH, ...functionEnvironment(graph, build, endpoints) },
      execArgv: ["--no-warnings"],
      stdio: ["ignore", "ignore", "inherit", "ipc"],
    },
  );
  const ended = Promise.withResolvers<never>();
  child.once("exit", code =>
    ended.reject(new Error(`The process that answers the calls ended with ${code}`)),
  );
  child.once("error", ended.reject);
  // Whoever waits for an answer hears of it; without anybody waiting it is no fault.
  ended.promise.catch(() => undefined);
  return {
    measure: async request => {
      const answered = new Promise<CallReport>(resolve => {
        // The process is ours and sends nothing else.
        child.once("message", message => resolve(message as CallReport));
      });
      child.send(request);
      return await Promise.race([answered, ended.promise]);
    },
    stop: () => child.kill(),
  };
}
