import { QueryResponse } from "@vibe-charting/contracts";
import { Command, InvalidArgumentError } from "commander";
import { callApi, localKey, localUrl } from "../query-api-access.ts";
import { renderAnswer } from "../query-table.ts";

type QueryOptions = {
  readonly url?: string;
  readonly key: string;
  readonly asOf?: string;
  readonly json?: boolean;
};

const usualWidth = 100;
const [leastWidth, mostWidth] = [40, 120];

/** `vibe query`: asks the running stage a question. */
export function queryCommand(): Command {
  return new Command("query")
    .description("Ask a question about the market in plain English; a table on a terminal, JSON when piped.")
    .argument("<question...>", 'the question, such as "top 5 performers this week"')
    .option("--url <url>", "the API to ask (default: the stage that runs on this machine)")
    .option("--key <key>", "the API key", localKey)
    .option("--as-of <time>", "answer as the data stood at this time, such as 2026-03-18T12:00:00Z", readTime)
    .option("--json", "print the answer as one line of JSON, on a terminal too")
    .action(async (words: string[], { url, key, asOf, json }: QueryOptions) => {
      const outcome = await callApi({ url: url ?? localUrl(), key }, "askQuestion", QueryResponse, {
        body: { query: words.join(" "), ...(asOf !== undefined && { asOf }) },
      });
      if (outcome.kind === "failure") throw new Error(outcome.message);
      const { stdout } = process;
      stdout.write(
        stdout.isTTY && !json
          ? renderAnswer(outcome.answer, widthOf(stdout.columns))
          : `${JSON.stringify(outcome.answer)}\n`,
      );
    });
}

/** The width to write text at; some terminals do not tell theirs, or tell 0. */
function widthOf(columns: number | undefined): number {
  return Math.min(Math.max(columns || usualWidth, leastWidth), mostWidth);
}

function readTime(text: string): string {
  const time = new Date(text);
  if (Number.isNaN(time.getTime())) {
    throw new InvalidArgumentError(`"${text}" is no time; write it as 2026-03-18T12:00:00Z.`);
  }
  return time.toISOString();
}
