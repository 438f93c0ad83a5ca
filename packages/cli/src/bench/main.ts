import { Command, InvalidArgumentError, Option } from "commander";
import { exitCodes } from "../exit-codes.ts";
import { describeMachine } from "./describe-machine.ts";
import { type Figure, figureTable } from "./figure-table.ts";
import { measureBundles } from "./measure-bundles.ts";
import { measurePipeline } from "./measure-pipeline.ts";
import { measureQueries } from "./measure-queries.ts";
import { withBenchStage } from "./with-bench-stage.ts";

/** What can be measured, each on the stage that is started for all of them. */
const sections = { pipeline: measurePipeline, query: measureQueries, bundles: measureBundles } as const;
type Section = keyof typeof sections;
const sectionNames = Object.keys(sections) as Section[];

const program = new Command("bench")
  .description(
    "Measures the product on this machine and prints each figure beside what it is to be compared with.\n" +
      "It starts a local stage of its own, in a folder of its own, and removes it at the end.",
  )
  .argument(
    "[sections...]",
    `which figures: ${sectionNames.join(", ")}; all of them by default`,
    readSection,
    [],
  )
  .addOption(
    new Option("--runs <number>", "how often a listing is taken in; its median is printed")
      .default(20)
      .argParser(readRuns),
  )
  .addHelpText(
    "after",
    "\nExamples:\n  npm run bench\n  npm run bench -- pipeline --runs 50\n  npm run bench -- bundles",
  )
  .showHelpAfterError()
  .action(async (asked: readonly Section[], { runs }: { runs: number }) => {
    const log = (message: string) => void process.stderr.write(`${message}\n`);
    const chosen = asked.length > 0 ? sectionNames.filter(name => asked.includes(name)) : sectionNames;
    process.stdout.write(`${describeMachine()}\n`);
    await withBenchStage(log, async stage => {
      for (const name of chosen) {
        log(`measuring: ${name}`);
        const figures: readonly Figure[] = await sections[name]({ stage, runs, log });
        process.stdout.write(`\n${name}\n${figureTable(figures)}\n`);
      }
    });
  });

function readSection(name: string, previous: readonly Section[]): readonly Section[] {
  const section = sectionNames.find(known => known === name);
  if (section) return [...previous, section];
  throw new InvalidArgumentError(`There is no section ${name}; there are ${sectionNames.join(", ")}.`);
}

function readRuns(text: string): number {
  const runs = Number(text);
  if (Number.isInteger(runs) && runs >= 1 && runs <= 1_000) return runs;
  throw new InvalidArgumentError("It is a whole number from 1 to 1000.");
}

program.exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? exitCodes.done : exitCodes.wrongUse));
try {
  await program.parseAsync();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  process.exitCode = exitCodes.failed;
}
