import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { findPlatform } from "@vibe-charting/local-stage/graph";
import { evaluateStacks } from "../evaluate-stacks.ts";
import { progressBar } from "../stage/progress-bar.ts";
import { projectDirectory } from "../stage/project.ts";
import type { Figure } from "./figure-table.ts";
import { median } from "./quantile.ts";

const run = promisify(execFile);
/** Evaluations take seconds: the median of an odd few is steady enough. */
const rounds = 5;
const processOf = (file: string) => fileURLToPath(new URL(file, import.meta.url));

/** How long the evaluation of sst.config.ts takes, beside loading SST's components without any stack. */
export async function measureStacks(): Promise<readonly Figure[]> {
  const directory = await mkdtemp(join(tmpdir(), "vibe-bench-stacks-"));
  const bar = progressBar("stacks");
  try {
    // Compiled code of SST's components is kept from here on, as on any machine that evaluated the stacks once.
    await evaluateStacks("production", directory);
    const compiled = join(findPlatform(projectDirectory), "local-stage", "compiled");
    const times = { platform: [], evaluation: [], command: [] } as Record<string, number[]>;
    const measure = async (name: string, work: () => Promise<unknown>) => {
      const startedAt = performance.now();
      await work();
      times[name]?.push(performance.now() - startedAt);
    };
    for (let round = 0; round < rounds; round += 1) {
      await measure("platform", () =>
        run(process.execPath, ["--no-warnings", processOf("./platform-process.ts")], {
          env: { ...process.env, NODE_COMPILE_CACHE: compiled },
        }),
      );
      await measure("evaluation", () => evaluateStacks("production", directory));
      await measure("command", () =>
        run(process.execPath, [processOf("../main.ts"), "graph", "--stage", "production", "--iam"], {
          maxBuffer: Number.POSITIVE_INFINITY,
        }),
      );
      bar.update((round + 1) / rounds, "evaluations");
    }
    bar.end();
    const comparedTo = { what: "loading SST's components alone", value: median(times.platform ?? []) };
    return [
      { what: "evaluating sst.config.ts", value: median(times.evaluation ?? []) },
      { what: "vibe graph, the whole command", value: median(times.command ?? []) },
    ].map(figure => ({ ...figure, unit: "ms" as const, comparedTo }));
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}
