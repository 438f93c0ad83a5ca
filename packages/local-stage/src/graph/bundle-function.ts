import { existsSync } from "node:fs";
import { cp, mkdir, rm, symlink, writeFile } from "node:fs/promises";
import { basename, dirname, extname, join, relative, resolve } from "node:path";
import type { BuildOptions, Loader, Message } from "esbuild";
import { type BundleOptions, startBundleBatch } from "./bundle-batch.ts";
import { openBundleCache } from "./bundle-cache.ts";
import { describeMessages, requireInModule } from "./bundle-stacks.ts";

/** The arguments of SST's `Runtime.Build`, as far as Node functions use them. */
export interface BuildRequest {
  functionID: string;
  handler: string;
  /** A directory that is already built, instead of a handler to bundle. */
  bundle?: string;
  runtime: string;
  links: Record<string, Record<string, unknown>>;
  copyFiles?: { from: string; to: string }[];
  properties?: NodeProperties | null;
}

interface NodeProperties {
  format?: "esm" | "cjs";
  minify?: boolean;
  sourcemap?: boolean;
  banner?: string;
  install?: Record<string, string>;
  loader?: Record<string, Loader>;
  esbuild?: Pick<
    BuildOptions,
    "external" | "define" | "keepNames" | "mainFields" | "conditions" | "sourcemap" | "target"
  >;
}

/** A bundle as SST wants to hear of it, and where its handler is. */
export interface BuiltFunction {
  /** Handler within the bundle, as Lambda names it. */
  handler: string;
  out: string;
  sourcemaps: string[];
  entry: { file: string; exportName: string };
}

// SST tries these endings, in this order (pkg/runtime/node of its CLI).
const sourceExtensions = [".ts", ".tsx", ".mts", ".cts", ".js", ".jsx", ".mjs", ".cjs"];
/** Packages with native parts, which SST never bundles. */
const neverBundled = ["sharp", "pg-native"];
const targets: Record<string, string> = {
  "nodejs24.x": "es2024",
  "nodejs22.x": "es2023",
  "nodejs20.x": "es2023",
};

/**
 * Returns a function that bundles handlers, for one evaluation; what is unchanged since the last one is not bundled
 * again. With `isOutline` handlers are looked for, and nothing is bundled: for who reads the graph and runs none of it.
 */
export function startFunctionBundler(
  projectDirectory: string,
  buildDirectory: string,
  isOutline: boolean,
): (request: BuildRequest) => Promise<BuiltFunction> {
  const tools = {
    projectDirectory,
    buildDirectory,
    cache: openBundleCache(projectDirectory, buildDirectory),
    bundle: startBundleBatch(),
    isOutline,
  };
  return request => bundleFunction(request, tools);
}

interface BundlingTools {
  projectDirectory: string;
  buildDirectory: string;
  cache: ReturnType<typeof openBundleCache>;
  bundle: ReturnType<typeof startBundleBatch>;
  isOutline: boolean;
}

/** Bundles a handler as SST does for Lambda: everything in one module, the AWS SDK included. */
async function bundleFunction(request: BuildRequest, tools: BundlingTools): Promise<BuiltFunction> {
  const { projectDirectory, buildDirectory, cache } = tools;
  const exportName = extname(request.handler).slice(1);
  if (request.bundle) return findBuilt(request, resolve(projectDirectory, request.bundle), exportName);
  const target = targets[request.runtime];
  if (!target) {
    throw failure(
      request,
      `its runtime is ${request.runtime}. The local stage runs ${Object.keys(targets).join(", ")}.`,
    );
  }
  const out = join(buildDirectory, request.functionID);
  const properties = request.properties ?? {};
  const file = join(out, properties.format === "cjs" ? "bundle.cjs" : "bundle.mjs");
  const source = findSource(request, projectDirectory);
  const built = {
    handler: `bundle.${exportName}`,
    out,
    sourcemaps: properties.sourcemap === false ? [] : [`${file}.map`],
    entry: { file, exportName },
  };
  if (tools.isOutline) {
    // SST reads what is there, and declares an object for it.
    await mkdir(out, { recursive: true });
    for (const path of built.sourcemaps) await writeFile(path, "");
    return built;
  }
  const external = [
    ...neverBundled,
    ...Object.keys(properties.install ?? {}),
    ...(properties.esbuild?.external ?? []),
  ];
  const options = bundleOptions(properties, { source, file, target, external, projectDirectory });

  const cached = cache.find(request.functionID, options);
  if (!cached) {
    await rm(out, { recursive: true, force: true });
    await mkdir(out, { recursive: true });
  }
  const exports = cached ?? (await bundle(request, options, tools));
  // esbuild does not know what a CommonJS module exports.
  if (properties.format !== "cjs" && !exports.includes(exportName)) {
    const has = exports.length > 0 ? `It exports ${exports.join(", ")}.` : "It exports nothing.";
    throw failure(request, `${relative(projectDirectory, source)} has no export "${exportName}". ${has}`);
  }
  await copyFiles(request, out);
  if (properties.install) await linkPackages(source, out);
  return built;
}

async function bundle(
  request: BuildRequest,
  options: BundleOptions,
  { bundle: run, cache }: BundlingTools,
): Promise<string[]> {
  const result = await run(options).catch((error: { errors?: Message[] }) => {
    if (!error.errors) throw error;
    throw failure(request, `it does not compile.\n${describeMessages(error.errors)}`);
  });
  cache.store(request.functionID, options, result);
  return result.exports;
}

interface BundlePlace {
  source: string;
  file: string;
  target: string;
  external: string[];
  projectDirectory: string;
}

function bundleOptions(properties: NodeProperties, place: BundlePlace): BundleOptions {
  const isEsm = properties.format !== "cjs";
  const custom = properties.esbuild ?? {};
  return {
    source: place.source,
    outfile: place.file,
    absWorkingDir: place.projectDirectory,
    bundle: true,
    platform: "node",
    format: isEsm ? "esm" : "cjs",
    target: custom.target ?? place.target,
    external: place.external,
    mainFields: custom.mainFields ?? (isEsm ? ["module", "main"] : ["main"]),
    keepNames: custom.keepNames ?? true,
    minify: properties.minify ?? false,
    sourcemap: custom.sourcemap ?? "linked",
    // The sources are on this machine, and their copies in each map are a third of the work.
    sourcesContent: false,
    banner: { js: [isEsm ? requireInModule : "", properties.banner ?? ""].filter(Boolean).join("\n") },
    logLevel: "silent",
    ...(custom.conditions && { conditions: custom.conditions }),
    ...(custom.define && { define: custom.define }),
    ...(properties.loader && { loader: properties.loader }),
  };
}

function findSource(request: BuildRequest, projectDirectory: string): string {
  const base = request.handler.slice(0, -extname(request.handler).length);
  for (const extension of sourceExtensions) {
    const path = resolve(projectDirectory, base + extension);
    if (existsSync(path)) return path;
  }
  throw failure(
    request,
    `there is no ${base}.ts (nor .js, .mts, .mjs). Write it, or correct the handler in the stack.`,
  );
}

function findBuilt(request: BuildRequest, out: string, exportName: string): BuiltFunction {
  const base = request.handler.slice(0, -extname(request.handler).length);
  const file = [".mjs", ".js", ".cjs"].map(extension => join(out, base + extension)).find(existsSync);
  if (!file) throw failure(request, `there is no ${base}.mjs (nor .js, .cjs) in its bundle ${out}.`);
  return { handler: request.handler, out, sourcemaps: [], entry: { file, exportName } };
}

async function copyFiles(request: BuildRequest, out: string): Promise<void> {
  for (const { from, to } of request.copyFiles ?? []) {
    const target = join(out, to);
    // What was copied before may be older than what is there now.
    await rm(target, { recursive: true, force: true });
    await cp(from, target, { recursive: true });
  }
}

/** `nodejs.install` puts packages beside the bundle; here they are those of the repository. */
async function linkPackages(source: string, out: string): Promise<void> {
  for (let directory = dirname(source); dirname(directory) !== directory; directory = dirname(directory)) {
    const packages = join(directory, "node_modules");
    if (!existsSync(packages)) continue;
    const link = join(out, basename(packages));
    await rm(link, { recursive: true, force: true });
    await symlink(packages, link, "junction");
    return;
  }
}

function failure({ functionID, handler }: BuildRequest, reason: string): Error {
  return new Error(`Function ${functionID} (handler ${handler}): ${reason}`);
}
