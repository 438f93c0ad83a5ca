import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { version as esbuildVersion } from "esbuild";
import type { BundleOptions, BundleResult } from "./bundle-batch.ts";

/** Knows which bundles are still those of their sources. */
export interface BundleCache {
  /** The exports of a bundle whose options and sources are unchanged. */
  find(functionId: string, options: BundleOptions): string[] | undefined;
  store(functionId: string, options: BundleOptions, bundle: BundleResult): void;
}

interface CacheEntry {
  key: string;
  exports: string[];
  /** Fingerprint by absolute path. */
  inputs: Record<string, string>;
}

/** Files that decide to which sources an import resolves. */
const resolutionFiles = ["pnpm-lock.yaml", "package.json", "tsconfig.json"];

/** A cache in the build directory. It looks at each source once, so it is good for one evaluation. */
export function openBundleCache(projectDirectory: string, buildDirectory: string): BundleCache {
  const directory = join(buildDirectory, ".cache");
  mkdirSync(directory, { recursive: true });
  const fingerprints = new Map<string, string>();
  const resolution = resolutionFiles.map(name => fingerprintOf(join(projectDirectory, name)));

  function fingerprintOf(path: string): string {
    const known = fingerprints.get(path);
    if (known !== undefined) return known;
    const stats = statSync(path, { throwIfNoEntry: false });
    const fingerprint = stats ? `${stats.size}-${stats.mtimeMs}` : "absent";
    fingerprints.set(path, fingerprint);
    return fingerprint;
  }

  const keyOf = (options: BundleOptions) =>
    createHash("sha256")
      .update(JSON.stringify([esbuildVersion, resolution, options]))
      .digest("hex");
  const pathOf = (functionId: string) => join(directory, `${functionId}.json`);

  return {
    find(functionId, options) {
      const entry = readEntry(pathOf(functionId));
      if (entry?.key !== keyOf(options) || !existsSync(options.outfile)) return undefined;
      const isUnchanged = Object.entries(entry.inputs).every(
        ([path, print]) => fingerprintOf(path) === print,
      );
      return isUnchanged ? entry.exports : undefined;
    },
    store(functionId, options, { exports, inputs }) {
      const entry: CacheEntry = {
        key: keyOf(options),
        exports,
        inputs: Object.fromEntries(inputs.map(path => [path, fingerprintOf(path)])),
      };
      writeFileSync(pathOf(functionId), JSON.stringify(entry));
    },
  };
}

function readEntry(path: string): CacheEntry | undefined {
  try {
    // Written by store() of the same version: the key holds everything else.
    return JSON.parse(readFileSync(path, "utf8")) as CacheEntry;
  } catch {
    return undefined;
  }
}
