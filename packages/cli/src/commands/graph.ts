import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ResourceGraph } from "@vibe-charting/local-stage";
import { Command, Option } from "commander";
import { evaluateStacks } from "../evaluate-stacks.ts";
import { estimateCost } from "../graph-cost.ts";
import { grantsOf } from "../graph-iam.ts";
import { mermaidOf } from "../graph-mermaid.ts";
import { costPage } from "../graph-page.ts";
import { workloads } from "../graph-workload.ts";
import { localStageName } from "../stage/project.ts";

type GraphOptions = { stage: string; json?: true; mermaid?: true; cost?: true; iam?: true };

export function graphCommand(): Command {
  return new Command("graph")
    .description("Evaluate the stacks without AWS and print what comes out: a line for each resource.")
    .option("--stage <stage>", "the stage to evaluate", localStageName)
    .addOption(
      new Option("--json", "print everything as one JSON document").conflicts(["mermaid", "cost", "iam"]),
    )
    .addOption(
      new Option("--mermaid", "draw how events go through the stacks, for a Mermaid viewer").conflicts([
        "cost",
        "iam",
      ]),
    )
    .addOption(
      new Option("--cost", "estimate what production costs a month, lean and in two zones").conflicts("iam"),
    )
    .option("--iam", "print who may do what, a line for each statement of a policy")
    .action(async (options: GraphOptions) => {
      const buildDirectory = await mkdtemp(join(tmpdir(), "vibe-graph-"));
      try {
        if (options.cost) await printCost(buildDirectory);
        else print(await evaluateStacks(options.stage, buildDirectory), options);
      } finally {
        await rm(buildDirectory, { recursive: true, force: true });
      }
    });
}

function print(graph: ResourceGraph, { json, mermaid, iam }: GraphOptions): void {
  if (json) process.stdout.write(`${JSON.stringify(graph, null, 2)}\n`);
  else if (mermaid) process.stdout.write(`${mermaidOf(graph)}\n`);
  else if (iam) printLines(grantsOf(graph));
  else printLines(graph.resources.map(({ type, name, id }) => ({ type, name, id })));
}

/** Prints a table where somebody reads it, else a line for each item. */
async function printCost(buildDirectory: string): Promise<void> {
  const shapes = {
    lean: await evaluateStacks("production", buildDirectory, { VIBE_MULTI_AZ: "false" }),
    multiAz: await evaluateStacks("production", buildDirectory, { VIBE_MULTI_AZ: "true" }),
  };
  if (process.stdout.isTTY) {
    process.stdout.write(`${costPage(shapes)}\n`);
    return;
  }
  for (const [shape, graph] of Object.entries(shapes)) {
    for (const workload of workloads) {
      const { lines, totalUsd } = estimateCost(graph, workload);
      printLines(lines.map(line => ({ shape, workload: workload.title, ...line })));
      printLines([{ shape, workload: workload.title, item: "total", usd: totalUsd }]);
    }
  }
}

function printLines(lines: readonly object[]): void {
  for (const line of lines) process.stdout.write(`${JSON.stringify(line)}\n`);
}
