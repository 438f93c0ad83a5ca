import { text } from "node:stream/consumers";
import { Command } from "commander";
import { exitCodes } from "../exit-codes.ts";
import { invokeFunction } from "../stage/invoke-function.ts";
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
      const data = await invokeFunction(findRunningStage(), name, body);
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
