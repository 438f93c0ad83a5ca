import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readFile, rename } from "node:fs/promises";
import { join } from "node:path";
import { build, version as esbuildVersion, type Plugin } from "esbuild";

/** Counts up when this file changes what it makes of the same platform. */
const bundleRevision = 3;

/** Where `sst install` puts SST's components, or an error that says how to get them. */
export function findPlatform(projectDirectory: string): string {
  const platformDirectory = join(projectDirectory, ".sst", "platform");
  for (const part of ["src/components/index.ts", "node_modules/@pulumi/aws/package.json"]) {
    if (!existsSync(join(platformDirectory, part))) {
      throw new Error(
        `SST's components are not installed: ${join(platformDirectory, part)} is missing. Run \`npm run setup\` in ${projectDirectory}.`,
      );
    }
  }
  return platformDirectory;
}

/** Bundles SST's components into one file, once for each version of SST; returns its path. */
export async function bundlePlatform(platformDirectory: string): Promise<string> {
  const version = await readFile(join(platformDirectory, "version"), "utf8");
  const key = createHash("sha256")
    .update(JSON.stringify([version, esbuildVersion, bundleRevision]))
    .digest("hex");
  // Inside the platform, so that it finds the platform's packages and goes when SST installs another version.
  const directory = join(platformDirectory, "local-stage");
  const bundle = join(directory, `components-${key.slice(0, 16)}.cjs`);
  if (existsSync(bundle)) return bundle;
  await mkdir(directory, { recursive: true });
  const unfinished = `${bundle}.${process.pid}`;
  await build({
    stdin: {
      contents: [
        `export * as shim from "./src/shim/run.js";`,
        `export { run } from "./src/auto/run.ts";`,
        `export * as sst from "./src/components";`,
      ].join("\n"),
      resolveDir: platformDirectory,
      loader: "ts",
    },
    absWorkingDir: platformDirectory,
    outfile: unfinished,
    bundle: true,
    platform: "node",
    format: "cjs",
    target: "node24",
    keepNames: true,
    packages: "external",
    logLevel: "silent",
    plugins: [stableNames, stableBuilds, contentListInsteadOfZip, noMinifier],
  });
  // Renamed at the end, so that another evaluation at the same time never loads half a file.
  await rename(unfinished, bundle);
  return bundle;
}

/** Physical names end in random characters. Here they follow from the logical name, so that a restart finds its queues. */
const stableNames: Plugin = {
  name: "stable-names",
  setup({ onLoad }) {
    onLoad({ filter: /src[\\/]components[\\/]naming\.ts$/ }, async ({ path }) => {
      const source = await readFile(path, "utf8");
      const random = `crypto.randomBytes(8).toString("hex")`;
      const contents = source.replace(random, `[$app.name, $app.stage, name, suffix].join("/")`);
      if (contents === source) throw new Error(`${path} no longer makes names with ${random}.`);
      return { contents, loader: "ts" };
    });
  },
};

/** A site is built on each deploy, for which its build bears the time. Here equal stacks give equal graphs. */
const stableBuilds: Plugin = {
  name: "stable-builds",
  setup({ onLoad }) {
    onLoad({ filter: /src[\\/]components[\\/]base[\\/]base-static-site\.ts$/ }, async ({ path }) => {
      const source = await readFile(path, "utf8");
      const contents = source.replace("triggers: [Date.now().toString()],", "");
      if (contents === source)
        throw new Error(`${path} no longer builds each time for the time that it bears.`);
      return { contents, loader: "ts" };
    });
  },
};

/** Nothing is uploaded, so a Lambda "zip" is the sorted list of its files' hashes: a name by content, without deflating. */
const contentListInsteadOfZip: Plugin = {
  name: "content-list-instead-of-zip",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^archiver$/ }, () => ({ path: "archiver", namespace: "content-list" }));
    onLoad({ filter: /.*/, namespace: "content-list" }, () => ({
      contents: contentListSource,
      loader: "js",
    }));
  },
};

/** SST minifies its CloudFront functions while it loads, which starts a second esbuild for code that nothing here runs. */
const noMinifier: Plugin = {
  name: "no-minifier",
  setup({ onLoad }) {
    onLoad({ filter: /src[\\/]util[\\/]minify\.ts$/ }, () => ({
      contents: "export const minify = String.raw;",
      loader: "ts",
    }));
  },
};

const contentListSource = `
import { createHash } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
const hashOf = content => createHash("sha256").update(content).digest("hex");
export default () => {
  const lines = [];
  let stream;
  return {
    on() {},
    pipe(target) { stream = target; },
    file(path, { name }) { if (statSync(path).isFile()) lines.push(name + " " + hashOf(readFileSync(path))); },
    append(content, { name }) { lines.push(name + " " + hashOf(content)); },
    async finalize() { stream.end(lines.join("\\n")); },
  };
};
`;
