import { existsSync } from "node:fs";
import { basename, join } from "node:path";
import { build, type Message, type Plugin } from "esbuild";

/** Bundles sst.config.ts with the stacks it imports, as SST's CLI does; SST and its providers stay outside, as globals. */
export async function bundleStacks(
  projectDirectory: string,
  platformDirectory: string,
  outfile: string,
): Promise<void> {
  const config = join(projectDirectory, "sst.config.ts");
  if (!existsSync(config)) throw new Error(`There is no sst.config.ts in ${projectDirectory}.`);
  const result = await build({
    stdin: {
      contents: `export { default } from "./sst.config.ts";`,
      resolveDir: projectDirectory,
      sourcefile: "evaluate.ts",
      loader: "ts",
    },
    absWorkingDir: projectDirectory,
    outfile,
    bundle: true,
    platform: "node",
    format: "esm",
    target: "es2023",
    mainFields: ["module", "main"],
    nodePaths: [join(platformDirectory, "node_modules")],
    // The repository's compiler options are for files that Node runs; SST's CLI does not read them.
    tsconfigRaw: "{}",
    sourcemap: "linked",
    banner: { js: requireInModule },
    logLevel: "silent",
    plugins: [noTopLevelImports, providersFromPlatform],
  }).catch((error: { errors?: Message[] }) => error);
  if (result.errors?.length) {
    throw new Error(`The stacks do not compile.\n${describeMessages(result.errors)}`);
  }
}

/** One line per compiler message: the file, the place in it and the sentence. */
export function describeMessages(messages: Message[]): string {
  return messages
    .map(({ location, text }) =>
      location ? `${location.file}:${location.line}:${location.column}: ${text}` : text,
    )
    .join("\n");
}

/** What CommonJS packages expect of their surroundings, in the names that SST's own banner uses. */
export const requireInModule = [
  `import { createRequire as topLevelCreateRequire } from "node:module";`,
  `const require = topLevelCreateRequire(import.meta.url);`,
  `import { fileURLToPath as topLevelFileUrlToPath, URL as topLevelURL } from "node:url";`,
  `const __filename = topLevelFileUrlToPath(import.meta.url);`,
  `const __dirname = topLevelFileUrlToPath(new topLevelURL(".", import.meta.url));`,
].join("\n");

/** SST's CLI refuses static imports in sst.config.ts, since it reads app() before the components exist. */
const noTopLevelImports: Plugin = {
  name: "no-top-level-imports",
  setup({ onResolve }) {
    onResolve({ filter: /.*/ }, ({ importer, kind, path }) => {
      if (kind !== "import-statement" || basename(importer) !== "sst.config.ts") return undefined;
      return {
        errors: [
          {
            text: `sst.config.ts has a top level import of "${path}". SST allows none: use \`await import("${path}")\` in run().`,
          },
        ],
      };
    });
  },
};

/** A stack that imports a provider by name gets the one instance that SST's components use. */
const providersFromPlatform: Plugin = {
  name: "providers-from-platform",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^@(pulumi|pulumiverse)\// }, ({ path }) => ({ path, namespace: "platform" }));
    onLoad({ filter: /.*/, namespace: "platform" }, ({ path }) => ({
      contents: `module.exports = globalThis.$platformRequire(${JSON.stringify(path)});`,
      loader: "js",
    }));
  },
};
