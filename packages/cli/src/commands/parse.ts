import { readFile } from "node:fs/promises";
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import { buildCoinLexicon, type CoinLexicon, parseQuestion, wellKnownCoins } from "@vibe-charting/language";
import { Command, InvalidArgumentError } from "commander";
import { z } from "zod";
import { exitCodes } from "../exit-codes.ts";

const InputLine = z.object({ id: z.union([z.string(), z.number()]), text: z.string() });
const Symbols = z.record(z.string().min(1), z.array(z.string()));

export type ParseStreams = { input: Readable; output: Writable; errors: Writable };

/**
 * Reads questions, one `{"id","text"}` a line, and writes how each is read, in order, as it comes. A line that
 * is none is named on `errors` and passed over. Returns how many such lines there were.
 */
export async function parseLines(streams: ParseStreams, now: Date, coins: CoinLexicon): Promise<number> {
  let lineNumber = 0;
  let malformed = 0;
  for await (const line of createInterface({ input: streams.input, crlfDelay: Number.POSITIVE_INFINITY })) {
    lineNumber += 1;
    if (line.trim() === "") continue;
    const question = readLine(line);
    if ("problem" in question) {
      malformed += 1;
      streams.errors.write(`line ${lineNumber}: ${question.problem}; expected {"id": "q1", "text": "..."}\n`);
      continue;
    }
    const { intents, slots, confidence } = parseQuestion({ text: question.text, now, coins });
    const written = streams.output.write(
      `${JSON.stringify({ id: question.id, intents, slots, confidence })}\n`,
    );
    if (!written) await new Promise(resolve => streams.output.once("drain", resolve));
  }
  return malformed;
}

function readLine(line: string): z.infer<typeof InputLine> | { problem: string } {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return { problem: "not JSON" };
  }
  const parsed = InputLine.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  return { problem: `${issue?.path.join(".") || "line"}: ${issue?.message ?? "not understood"}` };
}

/** Reads a file of coins: tickers with their other names, highest ranked first. */
async function readSymbols(path: string): Promise<CoinLexicon> {
  const text = await readFile(path, "utf8").catch((cause: unknown) => {
    throw new Error(`Cannot read the symbols file ${path}; check the path given to --symbols.`, { cause });
  });
  const parsed = Symbols.safeParse(jsonOrUndefined(text));
  if (!parsed.success) {
    throw new Error(`${path} is no list of coins; expected JSON such as {"BTC": ["bitcoin"], "ETH": []}.`);
  }
  return buildCoinLexicon(parsed.data);
}

function jsonOrUndefined(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function readTime(text: string): Date {
  const time = new Date(text);
  if (Number.isNaN(time.getTime())) {
    throw new InvalidArgumentError(`"${text}" is no time; write it as 2026-03-18T12:00:00Z.`);
  }
  return time;
}

/** `vibe parse`: how questions are read, with no database. */
export function parseCommand(): Command {
  return new Command("parse")
    .description(
      'Reads questions from standard input, one {"id","text"} a line, and prints how each is read: {"id","intents","slots","confidence"} a line.',
    )
    .option("--now <time>", "the time that relative dates count from (default: the clock's)", readTime)
    .option("--symbols <file>", 'the coins to know, as {"BTC": ["bitcoin"], ...} (default: well-known coins)')
    .action(async (options: { now?: Date; symbols?: string }) => {
      const coins = options.symbols ? await readSymbols(options.symbols) : buildCoinLexicon(wellKnownCoins);
      const input = process.stdin;
      const streams = { input, output: process.stdout, errors: process.stderr };
      const malformed = await parseLines(streams, options.now ?? new Date(), coins);
      if (malformed > 0) process.exitCode = exitCodes.failed;
    });
}
