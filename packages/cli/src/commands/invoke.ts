import { text } from "node:stream/consumers";
import axios from "axios";
import { Command } from "commander";
import { exitCodes } from "../exit-codes.ts";
import { findRunningStage } from "../stage/running-stage.ts";

export function invokeCommand(): Command {
  return new Command("invoke")
    .description(
      "Run a function of the local stage now, e.g. `vibe invoke data-ingestion`, and print its result.",
    )
    .argument("<function>", "its name, or the end of it")
    .argument("[event]", "the event as JSON; `-` reads it from standard input", "{}")
    .action(async (name: string, event: string, _options: unknown, command: Command) => {
      const body = event === "-" ? await text(process.stdin) : event;
      if (!isJson(body))
        command.error(`error: the event is not JSON: ${body}`, { exitCode: exitCodes.wrongUse });
      const url = `${findRunningStage().lambdaUrl}/2015-03-31/functions/${encodeURIComponent(name)}/invocations`;
      const { status, data, headers } = await axios.post(url, body, {
        validateStatus: () => true,
        headers: { "content-type": "application/json" },
      });
      if (status !== 200) throw new Error(data.message);
      if (headers["x-amz-function-error"]) throw new Error(`${data.errorType}: ${data.errorMessage}`);
      process.stdout.write(`${JSON.stringify(data)}\n`);
    });
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
