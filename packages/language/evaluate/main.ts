/**
 * Scores the parser: `node packages/language/evaluate/main.ts [--mistakes] [--texts 100000]`.
 * Reads every set in questions/ (own.jsonl has a half that the lexicon was tuned with and a half that it was not;
 * the others are each by an author of its own) and, when it is there, shared/nlp/dev.jsonl beside the repository.
 * `--texts N` also throws N random and adversarial texts at it.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import fc from "fast-check";
import { buildCoinLexicon, parseQuestion, wellKnownCoins } from "../src/index.ts";
import { anyText, checkReading } from "./properties.ts";
import { type LabelledQuestion, type Score, score } from "./score.ts";

/** The clock and the coins that the labels assume. */
const now = new Date("2026-03-18T12:00:00Z");
const coins = buildCoinLexicon(wellKnownCoins);

const help = `Scores the parser on the labelled questions and times it.

Usage: node packages/language/evaluate/main.ts [options]

  --mistakes     show each question that was read wrong, with its label and its reading
  --file FILE    also score FILE, a labelled question as JSON on each line; may be given several times
  --texts COUNT  also read COUNT random and adversarial texts and check that every reading is in range
  --help         show this text`;

const options = readOptions();

function readOptions() {
  try {
    const { values } = parseArgs({
      options: {
        mistakes: { type: "boolean", default: false },
        texts: { type: "string", default: "0" },
        file: { type: "string", multiple: true, default: [] },
        help: { type: "boolean", short: "h", default: false },
      },
    });
    if (!/^\d+$/.test(values.texts)) throw new Error(`--texts takes a whole number, not "${values.texts}".`);
    if (!values.help) return values;
    say(help);
    process.exit(0);
  } catch (cause) {
    process.stderr.write(`${cause instanceof Error ? cause.message : String(cause)}\n\n${help}\n`);
    process.exit(2);
  }
}

/** Writes a line of the report. */
function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

type EvaluatedQuestion = LabelledQuestion & { half?: "tuning" | "held-out" };

function readQuestions(file: URL | string): EvaluatedQuestion[] {
  const lines = readFileSync(file, "utf8")
    .split("\n")
    .filter(line => line !== "");
  // The labels are the repository's own, or of the same form; a wrong one shows in the scores at once.
  return lines.map(line => JSON.parse(line) as EvaluatedQuestion);
}

function report(name: string, questions: readonly LabelledQuestion[]): void {
  const result = score(questions, ({ text }) => parseQuestion({ text, now, coins }), now);
  print(name, result);
  if (options.mistakes) {
    for (const { question, prediction, wrong } of result.mistakes) {
      say(`  ${question.id} ${JSON.stringify(question.text.slice(0, 100))} wrong: ${wrong.join(", ")}`);
      say(`    wanted ${question.intents.join("+")} ${filled(question.slots)}`);
      say(`    read   ${prediction.intents.join("+")} ${filled(prediction.slots)}`);
    }
  }
}

function filled(slots: object): string {
  const entries = Object.entries(slots).filter(
    ([, value]) => value !== null && value !== false && !(Array.isArray(value) && value.length === 0),
  );
  return JSON.stringify(Object.fromEntries(entries));
}

function print(name: string, result: Score): void {
  const percent = (value: number): string => `${(100 * value).toFixed(1)} %`;
  say(`${name}: ${result.questions} questions`);
  say(
    `  full parse ${percent(result.fullParse)}, intents ${percent(result.intents)} (lenient ${percent(result.lenientIntents)}), macro-F1 ${percent(result.macroF1)}`,
  );
  say(
    `  several intents ${percent(result.severalIntents)}, out of scope answered ${percent(result.outOfScopeAnswered)}, answerable refused ${percent(result.answerableRefused)}`,
  );
  say(`  calibration error ${result.calibrationError.toFixed(3)}`);
}

/** Runs of each text; the median of them is its time, so that a busy machine does not count. */
const timedRuns = 15;

/** Time for a question, over all of them and over texts as long as people may send. */
function reportTime(questions: readonly LabelledQuestion[]): void {
  const texts = questions.map(({ text }) => text).filter(text => text.length <= 500);
  const all = texts.join(". ");
  const long = Array.from({ length: 100 }, (_, at) => all.slice(at * 80, at * 80 + 500));
  for (const [name, timed] of [
    ["questions", texts],
    ["texts of 500 characters", long],
  ] as const) {
    const times = timed.map(text => {
      const runs = Array.from({ length: timedRuns }, () => timeReading(text));
      return runs.sort((left, right) => left - right)[Math.floor(timedRuns / 2)] ?? 0;
    });
    times.sort((left, right) => left - right);
    const at = (share: number): string => (times[Math.floor(share * (times.length - 1))] ?? 0).toFixed(3);
    say(`time, ${name}: p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, most ${at(1)} ms`);
  }
}

function timeReading(text: string): number {
  const startedAt = performance.now();
  parseQuestion({ text, now, coins });
  return performance.now() - startedAt;
}

function throwTexts(count: number): void {
  const slowest = { tookMs: 0, text: "" };
  fc.assert(
    fc.property(anyText, text => {
      let tookMs = checkReading(text, now, coins);
      // What took long once is timed again: it may have been the machine.
      for (let run = 0; run < 5 && tookMs > 5; run++) tookMs = Math.min(tookMs, timeReading(text));
      if (tookMs > slowest.tookMs) Object.assign(slowest, { tookMs, text });
    }),
    { numRuns: count, seed: 1 },
  );
  say(
    `${count} random and adversarial texts: nothing thrown, every slot in range, same reading twice; slowest ${slowest.tookMs.toFixed(1)} ms (${JSON.stringify(slowest.text.slice(0, 60))})`,
  );
}

const sets = new URL("questions/", import.meta.url);
const own = readQuestions(new URL("own.jsonl", sets));
report(
  "tuning half",
  own.filter(({ half }) => half === "tuning"),
);
report(
  "held-out half",
  own.filter(({ half }) => half === "held-out"),
);
const authors = readdirSync(sets).filter(file => file.startsWith("author-"));
authors.sort((left, right) => left.localeCompare(right, "en", { numeric: true }));
for (const file of authors) report(file, readQuestions(new URL(file, sets)));
const examples = new URL("../../../../shared/nlp/dev.jsonl", import.meta.url);
if (existsSync(examples)) report("labelled examples", readQuestions(examples));
for (const file of options.file) report(file, readQuestions(file));
reportTime(own);
const texts = Number(options.texts);
if (texts > 0) throwTexts(texts);
