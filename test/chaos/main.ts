import { parseArgs } from "node:util";
import { progressBar } from "@vibe-charting/cli/stage";
import { type FaultKind, faultKinds } from "./faults.ts";
import { mutations, readMutation } from "./mutations.ts";
import { type RunReport, runOnce } from "./run-once.ts";
import { startWorld } from "./world.ts";

const help = `npm run chaos -- [options]

Lets a small market run through the real pipeline (PostgreSQL, SNS and SQS over their real protocols, the services'
own code) while processes are killed, connections cut and calls refused, and checks that nothing is lost or done twice.

  --runs N          how many runs (20)
  --seed TEXT       the first run's seed; run 3 of the seed 7 has the seed 7-3 (7)
  --only SEED       one run, by its own seed, with its whole schedule
  --mutation NAME   weakens the product, to see the suite fail at the first run that shows it: ${Object.keys(mutations).join(", ")}
  --help            this text

On a terminal: a progress bar and a summary. Piped: one JSON object a line for each run, and one of all at the end.
Exit: 0 when every invariant held, 1 when one was violated or a kind of fault never took effect in 100 runs or more,
2 for wrong use.`;

/** With so many runs, a kind of fault that never took effect is a defect of the suite. */
const runsThatReachAll = 100;

const write = (line: string) => process.stdout.write(`${line}\n`);

function wrongUse(message: string): never {
  process.stderr.write(`${message}\n\n${help}\n`);
  process.exit(2);
}

function readOptions() {
  try {
    const { values } = parseArgs({
      options: {
        runs: { type: "string", default: "20" },
        seed: { type: "string", default: "7" },
        only: { type: "string" },
        mutation: { type: "string" },
        help: { type: "boolean", default: false },
      },
    });
    const runs = Number(values.runs);
    if (!Number.isInteger(runs) || runs < 1)
      wrongUse(`--runs takes a whole number of at least 1, not ${values.runs}`);
    const mutation = values.mutation === undefined ? null : readMutation(values.mutation);
    if (mutation === undefined) wrongUse(`No mutation is called ${values.mutation}`);
    const seeds = values.only
      ? [values.only]
      : Array.from({ length: runs }, (_, index) => `${values.seed}-${index + 1}`);
    return { seeds, isOne: values.only !== undefined, mutation, help: values.help };
  } catch (error) {
    return wrongUse(error instanceof Error ? error.message : String(error));
  }
}

function addTo(counts: Map<FaultKind, number>, faults: RunReport["faults"]): void {
  // The keys of a report are kinds of faults.
  for (const [kind, count] of Object.entries(faults) as [FaultKind, number][])
    counts.set(kind, (counts.get(kind) ?? 0) + count);
}

async function main(): Promise<number> {
  const options = readOptions();
  if (options.help) {
    write(help);
    return 0;
  }
  const startedAt = performance.now();
  const isPiped = !process.stdout.isTTY;
  const bar = progressBar("chaos");
  bar.update(0, "PostgreSQL, SNS and SQS start");
  const world = await startWorld();
  const counts = new Map<FaultKind, number>();
  let violated = 0;
  let done = 0;
  let steps = 0;
  try {
    const { outcome: expected, violations } = await runOnce(world, {
      seed: "without faults",
      expected: null,
    });
    if (!expected || violations.length > 0)
      throw new Error(`The run without faults fails: ${JSON.stringify(violations)}`);
    for (const [index, seed] of options.seeds.entries()) {
      bar.update(
        index / options.seeds.length,
        `${index} of ${options.seeds.length} runs, ${violated} violated`,
      );
      const {
        schedule,
        outcome: _,
        ...report
      } = await runOnce(world, { seed, expected, rewrite: options.mutation });
      addTo(counts, report.faults);
      steps += report.steps;
      if (options.isOne || report.violations.length > 0) process.stderr.write(`${schedule.join("\n")}\n`);
      if (report.violations.length > 0) violated++;
      done++;
      if (isPiped) write(JSON.stringify(report));
      else if (report.violations.length > 0) {
        bar.end();
        for (const { invariant, detail } of report.violations)
          write(`seed ${seed}: violated: ${invariant}: ${detail}`);
        write(`see it again: npm run chaos -- --only ${seed}`);
      }
      if (options.mutation && violated > 0) break;
    }
  } finally {
    bar.end();
    await world.stop();
  }
  const reachable = faultKinds.filter(kind => kind !== "crashed by an error that nobody caught");
  const missed = done < runsThatReachAll ? [] : reachable.filter(kind => !counts.has(kind));
  const faults = Object.fromEntries(faultKinds.map(kind => [kind, counts.get(kind) ?? 0]));
  const seconds = Math.round((performance.now() - startedAt) / 1000);
  const summary = { runs: done, violated, steps, seconds, missed, faults };
  if (isPiped) write(JSON.stringify(summary));
  else {
    write(
      `${summary.runs} runs, ${violated} violated, ${steps} steps, ${seconds} s; faults that took effect:`,
    );
    for (const [kind, count] of Object.entries(faults)) write(`  ${String(count).padStart(6)}  ${kind}`);
    for (const kind of missed) write(`never took effect: ${kind}`);
  }
  return violated > 0 || missed.length > 0 ? 1 : 0;
}

process.exitCode = await main();
