import { createRequire } from "node:module";
import { join } from "node:path";
import type { PulumiRuntime, PulumiSettings, ResponseModule, StructModule } from "./pulumi-runtime.ts";

/** What the bundle of SST's components exports (bundle-platform.ts). */
interface Components {
  shim: Record<string, unknown>;
  sst: Record<string, unknown>;
  run(program: () => Promise<unknown>): Promise<unknown>;
}

export interface Platform extends Components {
  runtime: PulumiRuntime;
  settings: PulumiSettings;
  structs: StructModule;
  responses: ResponseModule;
  /** Requires what is installed with the platform. */
  fromPlatform: NodeJS.Require;
  /** Names of the resources of which something is neither fulfilled nor rejected yet. */
  unresolvedResources(): string[];
}

// Only deployments need these parts of Pulumi: they serialise closures with the TypeScript compiler and npm's
// installer, and take half of the time that Pulumi takes to load.
const unusedModules = [
  "@pulumi/pulumi/automation/index.js",
  "@pulumi/pulumi/runtime/closure/codePaths.js",
  "@pulumi/pulumi/runtime/closure/serializeClosure.js",
];

/** Loads Pulumi and SST's components into this process, and sets the globals that do not depend on the app. */
export function loadPlatform(platformDirectory: string, platformBundle: string): Platform {
  const fromPlatform = createRequire(join(platformDirectory, "package.json"));
  for (const unused of unusedModules) {
    const filename = fromPlatform.resolve(unused);
    const exports = { serializeFunction: async () => ({ text: "", containsSecrets: false }) };
    // As much of a module as the loader looks at when it finds one in its cache.
    fromPlatform.cache[filename] = {
      id: filename,
      filename,
      loaded: true,
      exports,
    } as unknown as NodeJS.Module;
  }
  const unresolvedResources = trackPromises(fromPlatform);
  const globals = globalThis as Record<string, unknown>;
  globals.$dev = false;
  // Cloudflare's components read it while they load; the stacks get the real one.
  globals.$app = {};
  globals.$platformRequire = fromPlatform;
  // The package states the shapes of what it uses itself: see pulumi-runtime.ts.
  const components = fromPlatform(platformBundle) as Components;
  const { runtime } = fromPlatform("@pulumi/pulumi") as { runtime: PulumiRuntime };
  // These are what SST's own bundle of sst.config.ts has in scope.
  Object.assign(globals, components.shim, { sst: components.sst, aws: fromPlatform("@pulumi/aws") });
  return {
    ...components,
    runtime,
    settings: fromPlatform("@pulumi/pulumi/runtime/settings.js") as PulumiSettings,
    structs: fromPlatform("google-protobuf/google/protobuf/struct_pb.js") as StructModule,
    responses: {
      ...fromPlatform("@pulumi/pulumi/proto/provider_pb.js"),
      ...fromPlatform("@pulumi/pulumi/proto/resource_pb.js"),
    } as ResponseModule,
    fromPlatform,
    unresolvedResources,
  };
}

/**
 * Pulumi writes a stack trace onto each of its promises to report those that never end, which takes a third of an
 * evaluation. Knowing which resource each belongs to says as much.
 */
function trackPromises(fromPlatform: NodeJS.Require): () => string[] {
  const pending = new Map<number, string>();
  let created = 0;
  const debuggable = fromPlatform("@pulumi/pulumi/runtime/debuggable.js") as {
    debuggablePromise: <Value>(promise: Promise<Value>, context: unknown) => Promise<Value>;
  };
  debuggable.debuggablePromise = (promise, context) => {
    const id = created++;
    pending.set(id, String(context));
    return promise.finally(() => pending.delete(id));
  };
  // A context reads `resolveURN(resource:Name[type])`; those of Outputs in general name no resource.
  return () => [
    ...new Set([...pending.values()].flatMap(context => /\bresource:([^[\]]+)\[/.exec(context)?.[1] ?? [])),
  ];
}
