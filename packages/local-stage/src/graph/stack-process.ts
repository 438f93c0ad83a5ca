import { pathToFileURL } from "node:url";
import { fillResourcePaths } from "./cloud-outputs-api-gateway.ts";
import { loadPlatform, type Platform } from "./load-platform.ts";
import { recordingMonitor } from "./recording-monitor.ts";
import { refuseForeignConnections } from "./refuse-foreign-connections.ts";
import type { GraphResource } from "./resource-graph.ts";
import type { EvaluateMessage, PrepareMessage, StackResult } from "./stack-process-protocol.ts";

// Runs the stacks, in a process of its own: SST's components keep their state in globals, and end by coming to rest.

/** Of SST's CLI, for apps that name no region. */
const defaultRegion = "us-east-1";

interface AppConfig {
  name: string;
  home: string;
  removal?: string;
  protect?: boolean;
  providers?: Record<string, string | boolean | { region?: string }>;
}

interface SstConfig {
  app(input: { stage: string }): AppConfig | Promise<AppConfig>;
  run(): Promise<Record<string, unknown> | undefined>;
}

let answered = false;
let platform: Platform | undefined;

function answer(result: StackResult): void {
  if (answered) return;
  answered = true;
  process.send?.(result, undefined, undefined, () => process.exit(0));
}

function fail(error: unknown): void {
  const { message, stack = "" } = error instanceof Error ? error : new Error(String(error));
  answer({ kind: "failed", message, stack });
}

// Deep enough to reach from within a component to the line of the stack that made it.
Error.stackTraceLimit = 50;
process.on("unhandledRejection", fail);
process.on("uncaughtException", fail);
process.on("message", (message: PrepareMessage | EvaluateMessage) => {
  if (message.kind === "prepare") {
    refuseForeignConnections();
    platform = loadPlatform(message.platformDirectory, message.platformBundle);
  } else if (platform) {
    evaluate(platform, message).catch(fail);
  }
});

async function evaluate(
  { runtime, settings, structs, responses, fromPlatform, run, unresolvedResources }: Platform,
  message: EvaluateMessage,
): Promise<void> {
  const { stage, values } = message;
  // `export default $config({...})`, whose types are SST's.
  const { default: config } = (await import(pathToFileURL(message.stacksBundle).href)) as {
    default: SstConfig;
  };
  const app = await config.app({ stage });
  const awsProvider = app.providers?.aws;
  const region = (typeof awsProvider === "object" ? awsProvider.region : undefined) ?? defaultRegion;
  process.env.SST_AWS_REGION = region;
  setGlobals(message, app, fromPlatform);

  const { monitor, resources } = recordingMonitor(
    { region, appName: app.name, stage, values },
    structs,
    responses,
  );
  // setMocks turns Pulumi's features on; then the monitor takes the mocks' place.
  await runtime.setMocks({}, app.name, stage, false, "organization");
  settings.setMockOptions(monitor, app.name, stage, false, "organization");
  runtime.setAllConfig({ "aws:region": region });

  /** What the stacks want a resource to wait for, by type and name. */
  const waits = new Map<string, string[]>();
  let finished = false;
  // Outputs resolve after run() has returned: the program is done when nothing is left to do.
  process.once("beforeExit", () => {
    const waiting = unresolvedResources();
    if (!finished || waiting.length > 0) {
      fail(new Error(describeDeadlock(waiting)));
      return;
    }
    fillResourcePaths(resources);
    const ordered = inStableOrder(resources).map(resource => {
      const dependsOn = waits.get(`${resource.type} ${resource.name}`);
      return dependsOn ? { ...resource, dependsOn } : resource;
    });
    answer({ kind: "evaluated", appName: app.name, region, resources: ordered });
  });
  process.channel?.unref();
  await runtime.runInPulumiStack(() => {
    // Nothing is created, so nothing has to wait for what it dependsOn: all functions are then bundled at once.
    runtime.registerStackTransformation(({ type, name, props, opts }) => {
      const names = namesOf(opts.dependsOn);
      if (names.length > 0) waits.set(`${type} ${name}`, names);
      return { props, opts: { ...opts, dependsOn: undefined } };
    });
    return run(config.run);
  });
  finished = true;
}

/** Names of the resources in a `dependsOn`; of Outputs nothing is known at this time. */
function namesOf(dependsOn: unknown): string[] {
  return [dependsOn ?? []].flat().flatMap(resource => {
    // Of @pulumi/pulumi's Resource, which does not state it.
    const { __name: name } = resource as { __name?: unknown };
    return typeof name === "string" ? [name] : [];
  });
}

function describeDeadlock(waiting: string[]): string {
  const resources = waiting.length > 0 ? `${waiting.sort().join(", ")} wait` : "run() waits";
  return (
    `The stacks never finish: ${resources} for something that is never resolved. ` +
    "Look for a cycle, such as a function that is linked to what needs the function itself."
  );
}

/** Sets what SST's CLI defines for the stacks, as it does for `sst deploy`. */
function setGlobals(message: EvaluateMessage, app: AppConfig, fromPlatform: NodeJS.Require): void {
  const { projectDirectory, platformDirectory, workDirectory, stage } = message;
  const globals = globalThis as Record<string, unknown>;
  const providers = Object.fromEntries(
    Object.entries({ aws: {}, ...app.providers }).map(([name, args]) => [
      name,
      typeof args === "string" ? { version: args } : args === true ? {} : args,
    ]),
  );
  for (const name of Object.keys(providers)) {
    if (name !== "aws") globals[name.replaceAll("-", "")] = fromPlatform(`@pulumi/${name}`);
  }
  globals.$app = {
    ...app,
    stage,
    removal: app.removal ?? "retain",
    protect: app.protect ?? false,
    providers,
  };
  globals.$cli = {
    command: "deploy",
    dev: false,
    rpc: process.env.SST_SERVER,
    home: workDirectory,
    paths: { home: workDirectory, root: projectDirectory, work: workDirectory, platform: platformDirectory },
    state: { version: {} },
  };
}

/** Sorts by URN what components create once Outputs resolve, since that order differs from run to run. */
function inStableOrder(resources: GraphResource[]): GraphResource[] {
  return resources.toSorted((one, other) => (one.urn < other.urn ? -1 : 1));
}
