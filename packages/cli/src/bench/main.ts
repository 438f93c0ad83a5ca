import { Command, InvalidArgumentError, Option } from "commander";
import { exitCodes } from "../exit-codes.ts";
import { benchCoins } from "./bench-market.ts";
import { describeMachine } from "./describe-machine.ts";
import { type Figure, figureTable } from "./figure-table.ts";
import { measureFunctions } from "./load/measure-functions.ts";
import { measureLoad } from "./load/measure-load.ts";
import { measureBundles } from "./measure-bundles.ts";
import { measurePipeline } from "./measure-pipeline.ts";
import { measureQueries } from "./measure-queries.ts";
import { measureStacks } from "./measure-stacks.ts";
import { measureScale } from "./scale/measure-scale.ts";
import { type BenchSize, withBenchStage } from "./with-bench-stage.ts";

/** What can be measured, each on the stage that is started for all of them. */
const sections = {
  pipeline: measurePipeline,
  query: measureQueries,
  bundles: measureBundles,
  scale: measureScale,
  load: measureLoad,
  functions: measureFunctions,
} as const;
/** What can be measured without a stage. */
const bareSections = { stacks: measureStacks } as const;
type StageSection = keyof typeof sections;
type BareSection = keyof typeof bareSections;
type Section = StageSection | BareSection;
const stageSectionNames = Object.keys(sections) as StageSection[];
const bareSectionNames = Object.keys(bareSections) as BareSection[];
const sectionNames: readonly Section[] = [...bareSectionNames, ...stageSectionNames];
/** Those that take seconds; a large market takes minutes to make. */
const usualSections: readonly Section[] = ["stacks", "pipeline", "query", "bundles"];

type BenchOptions = BenchSize & { readonly runs: number; readonly keep?: string };

const program = new Command("bench")
  .description(
    "Measures the product on this machine and prints each figure beside what it is to be compared with.\n" +
      "It starts a local stage of its own, in a folder of its own, and removes it at the end, unless it is to keep it.",
  )
  .argument(
    "[sections...]",
    `which figures: ${sectionNames.join(", ")}; ${usualSections.join(", ")} by default`,
    readSection,
    [],
  )
  .addOption(
    new Option("--runs <number>", "how often a listing is taken in; its median is printed")
      .default(20)
      .argParser(text => readWhole(text, 1, 1_000)),
  )
  .addOption(
    new Option("--coins <number>", "coins of the market of `scale`, `load` and `functions`")
      .default(10_000)
      .argParser(text => readWhole(text, benchCoins, 10_000)),
  )
  .addOption(
    new Option("--days <number>", "days of hourly prices of every market")
      .default(90)
      .argParser(text => readWhole(text, 2, 365)),
  )
  .option(
    "--keep <folder>",
    "keep the market there for the next run, which needs the same --coins and --days",
  )
  .addHelpText(
    "after",
    "\nExamples:\n  npm run bench\n  npm run bench -- pipeline --runs 50\n  npm run bench -- bundles stacks\n  npm run bench -- scale --coins 1000\n  npm run bench -- scale --keep /tmp/market\n  npm run bench -- load --coins 1000 --days 30",
  )
  .showHelpAfterError()
  .action(async (asked: readonly Section[], { runs, keep, ...size }: BenchOptions) => {
    const log = (message: string) => void process.stderr.write(`${message}\n`);
    const chosen = asked.length > 0 ? asked : usualSections;
    process.stdout.write(`${describeMachine()}\n`);
    const report = async (name: Section, measure: () => Promise<readonly Figure[]>) => {
      log(`measuring: ${name}`);
      process.stdout.write(`\n${name}\n${figureTable(await measure())}\n`);
    };
    for (const name of bareSectionNames.filter(name => chosen.includes(name))) {
      await report(name, bareSections[name]);
    }
    const onStage = stageSectionNames.filter(name => chosen.includes(name));
    if (onStage.length === 0) return;
    await withBenchStage({ size, keep, log }, async stage => {
      for (const name of onStage) await report(name, () => sections[name]({ stage, runs, size, log }));
    });
  });

function readSection(name: string, previous: readonly Section[]): readonly Section[] {
  const section = sectionNames.find(known => known === name);
  if (section) return [...previous, section];
  throw new InvalidArgumentError(`There is no section ${name}; there are ${sectionNames.join(", ")}.`);
}

function readWhole(text: string, least: number, most: number): number {
  const number = Number(text);
  if (Number.isInteger(number) && number >= least && number <= most) return number;
  throw new InvalidArgumentError(`It is a whole number from ${least} to ${most}.`);
}

program.exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? exitCodes.done : exitCodes.wrongUse));
try {
  await program.parseAsync();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  process.exitCode = exitCodes.failed;
}
