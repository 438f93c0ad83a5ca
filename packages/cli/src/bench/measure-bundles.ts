import { execFile } from "node:child_process";
import { stat, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import type { FunctionBuild, ResourceGraph } from "@vibe-charting/local-stage";
import { progressBar } from "../stage/progress-bar.ts";
import type { Figure } from "./figure-table.ts";
import { functionEnvironment } from "./function-environment.ts";
import { median } from "./quantile.ts";
import type { BenchInput } from "./with-bench-stage.ts";

const run = promisify(execFile);
/** Processes per bundle: the median of an odd few is steady enough, and each pays for the start of Node. */
const processes = 7;

/** Size and import time of each function's bundle, beside those of a handler that does nothing. */
export async function measureBundles({ stage }: BenchInput): Promise<readonly Figure[]> {
  const emptyFile = join(stage.directory, "empty.mjs");
  await writeFile(emptyFile, "export const handler = async () => {};\n");
  const bar = progressBar("bundles");
  const emptyMs = await importMs(emptyFile, {});
  const emptyKib = await sizeKib(emptyFile);
  const figures: Figure[] = [];
  for (const [index, build] of stage.graph.functions.entries()) {
    const { file, environment, name } = describe(stage.graph, build);
    figures.push(
      {
        what: `${name}: bundle`,
        value: await sizeKib(file),
        unit: "KiB",
        comparedTo: { what: "an empty handler's", value: emptyKib },
      },
      {
        what: `${name}: import`,
        value: await importMs(file, environment),
        unit: "ms",
        comparedTo: { what: "an empty handler's", value: emptyMs },
      },
    );
    bar.update((index + 1) / stage.graph.functions.length, name);
  }
  bar.end();
  return figures;
}

function describe(graph: ResourceGraph, build: FunctionBuild) {
  return {
    name: build.resourceName,
    file: resolve(build.bundleDirectory, build.entry.file),
    environment: functionEnvironment(graph, build, {
      messaging: "http://127.0.0.1:1",
      secrets: "http://127.0.0.1:1",
    }),
  };
}

async function sizeKib(file: string): Promise<number> {
  return (await stat(file)).size / 1024;
}

/** Milliseconds that `import` takes in a fresh process, whose own start is not counted; the median of several. */
async function importMs(file: string, environment: Record<string, string>): Promise<number> {
  const script = `const startedAt = performance.now();
    await import(${JSON.stringify(pathToFileURL(file).href)});
    process.stdout.write(String(performance.now() - startedAt));
    process.exit(0);`;
  const times: number[] = [];
  while (times.length < processes) {
    const { stdout } = await run(process.execPath, ["--input-type=module", "--eval", script], {
      env: { PATH: process.env.PATH, ...environment },
    });
    times.push(Number(stdout));
  }
  return median(times);
}
