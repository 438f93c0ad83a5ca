import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { evaluateGraph } from "@vibe-charting/local-stage";
import { Command } from "commander";
import { localStageName, localValues, projectDirectory } from "../stage/project.ts";

/** Stand-ins: nothing is started, so nothing listens there. */
const placeholders = {
  ports: { database: 5432, messaging: 4566, secrets: 4567 },
  databasePassword: "not-a-password",
};

export function graphCommand(): Command {
  return new Command("graph")
    .description("Evaluate the stacks without AWS and print the resources that come out.")
    .option("--stage <stage>", "the stage to evaluate", localStageName)
    .option("--json", "print everything as one JSON document, instead of a line for each resource")
    .action(async ({ stage, json }: { stage: string; json?: boolean }) => {
      const buildDirectory = await mkdtemp(join(tmpdir(), "vibe-graph-"));
      try {
        const values = localValues(placeholders, 4000);
        const graph = await evaluateGraph({ projectDirectory, stage, values, buildDirectory });
        if (json) process.stdout.write(`${JSON.stringify(graph, null, 2)}\n`);
        else
          for (const { type, name, id } of graph.resources)
            process.stdout.write(`${JSON.stringify({ type, name, id })}\n`);
      } finally {
        await rm(buildDirectory, { recursive: true, force: true });
      }
    });
}
