import { createRequire } from "node:module";
import { Socket } from "node:net";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { fillResourcePaths } from "./cloud-outputs-api-gateway.ts";
import type { PulumiRuntime, PulumiSettings, ResponseModule, StructModule } from "./pulumi-runtime.ts";
import { recordingMonitor } from "./recording-monitor.ts";
import type { GraphResource } from "./resource-graph.ts";
import type { EvaluateMessage, PrepareMessage, StackResult } from "./stack-process-protocol.ts";

// Runs the stacks, in a process of its own: SST's components keep their state in globals, and end by coming to rest.

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

interface Platform {
  shim: Record<string, unknown>;
  sst: Record<string, unknown>;
  run(program: SstConfig["run"]): Promise<unknown>;
}

let answered = false;

function answer(result: StackResult): void {
  if (answered) return;
  answered = true;
  process.send?.(result, undefined, undefined, () => process.exit(0));
}

function fail(error: unknown): void {
  const { message, stack = "" } = error instanceof Error ? error : new Error(String(error));
  answer({ kind: "failed", message, stack });
}

process.on("unhandledRejection", fail);
process.on("uncaughtException", fail);
process.on("message", (message: PrepareMessage | EvaluateMessage) => {
  if (message.kind === "prepare") {
    refuseForeignConnections();
    loadPlatform(message);
  } else {
    evaluate(message).catch(fail);
  }
});

/** Evaluation needs this machine only; a stack that reaches for the network must not hang or depend on it. */
function refuseForeignConnections(): void {
  const connect = Socket.prototype.connect;
  Socket.prototype.connect = function (this: Socket, ...args: unknown[]) {
    // Either (port, host) or an options object, and Node's own callers put either into one array.
    const [first, second] = args.flat();
    const options = typeof first === "object" && first !== null ? first : { host: second };
    const { host, path } = options as { host?: unknown; path?: unknown };
    const name = typeof host === "string" ? host : "localhost";
    if (!path && !["localhost", "127.0.0.1", "::1"].includes(name)) {
      throw new Error(`The stacks tried to connect to ${name}. Stacks are evaluated without the network.`);
    }
    // The overloads of connect are passed through as they came.
    return Reflect.apply(connect, this, args) as Socket;
  } as Socket["connect"];
}

interface LoadedPlatform {
  require: NodeJS.Require;
  platform: Platform;
}

let loaded: LoadedPlatform | undefined;

function loadPlatform({ platformDirectory, platformBundle }: Omit<PrepareMessage, "kind">): LoadedPlatform {
  if (loaded) return loaded;
  const require = createRequire(join(platformDirectory, "package.json"));
  for (const unused of [
    // Only deployments need these parts of Pulumi: they serialise closures with the TypeScript compiler and npm's
    // installer, and take half of the time that Pulumi takes to load.
    "@pulumi/pulumi/automation/index.js",
    "@pulumi/pulumi/runtime/closure/codePaths.js",
    "@pulumi/pulumi/runtime/closure/serializeClosure.js",
  ]) {
    const filename = require.resolve(unused);
    const exports = { serializeFunction: async () => ({ text: "", containsSecrets: false }) };
    // As much of a module as the loader looks at when it finds one in its cache.
    require.cache[filename] = { id: filename, filename, loaded: true, exports } as unknown as NodeJS.Module;
  }
  const globals = globalThis as Record<string, unknown>;
  globals.$dev = false;
  // Cloudflare's components read it while they load; the stacks get the real one.
  globals.$app = {};
  // The shim's and the components' exports are what SST's own bundle of sst.config.ts has in scope.
  const platform = require(platformBundle) as Platform;
  Object.assign(globals, platform.shim, { sst: platform.sst, aws: require("@pulumi/aws") });
  globals.$platformRequire = require;
  loaded = { require, platform };
  return loaded;
}

async function evaluate(message: EvaluateMessage): Promise<void> {
  const { require, platform } = loadPlatform(message);
  const { default: config } = (await import(pathToFileURL(message.stacksBundle).href)) as {
    default: SstConfig;
  };
  const app = await config.app({ stage: message.stage });
  const awsProvider = app.providers?.aws;
  const region = (typeof awsProvider === "object" ? awsProvider.region : undefined) ?? defaultRegion;
  setGlobals(message, app, require);
  process.env.SST_AWS_REGION = region;

  // The package states these shapes itself: see pulumi-runtime.ts.
  const { runtime } = require("@pulumi/pulumi") as { runtime: PulumiRuntime };
  const settings = require("@pulumi/pulumi/runtime/settings.js") as PulumiSettings;
  const structs = require("google-protobuf/google/protobuf/struct_pb.js") as StructModule;
  const responses = {
    ...require("@pulumi/pulumi/proto/provider_pb.js"),
    ...require("@pulumi/pulumi/proto/resource_pb.js"),
  } as ResponseModule;

  const context = { region, appName: app.name, stage: message.stage, values: message.values };
  const { monitor, resources } = recordingMonitor(context, structs, responses);
  // setMocks turns Pulumi's features on; then the monitor takes the mocks' place.
  await runtime.setMocks({}, app.name, message.stage, false, "organization");
  settings.setMockOptions(monitor, app.name, message.stage, false, "organization");
  runtime.setAllConfig({ "aws:region": region });

  let finished = false;
  // Outputs resolve after run() has returned: the program is done when nothing is left to do.
  process.once("beforeExit", () => {
    if (!finished) {
      fail(new Error("run() in sst.config.ts never finished: it awaits something that nothing resolves."));
      return;
    }
    fillResourcePaths(resources);
    answer({ kind: "evaluated", appName: app.name, region, resources: inStableOrder(resources) });
  });
  process.channel?.unref();
  await runtime.runInPulumiStack(() => platform.run(config.run));
  finished = true;
}

/** Sets what SST's CLI defines for the stacks, as it does for `sst deploy`. */
function setGlobals(message: EvaluateMessage, app: AppConfig, require: NodeJS.Require): void {
  const { projectDirectory, platformDirectory, workDirectory, stage } = message;
  const globals = globalThis as Record<string, unknown>;
  const providers = Object.fromEntries(
    Object.entries({ aws: {}, ...app.providers }).map(([name, args]) => [
      name,
      typeof args === "string" ? { version: args } : args === true ? {} : args,
    ]),
  );
  for (const name of Object.keys(providers)) {
    if (name !== "aws") globals[name.replaceAll("-", "")] = require(`@pulumi/${name}`);
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
