import { Command, CommanderError } from "commander";
import { exitCodes } from "./exit-codes.ts";

/** Loads a command's module only when it is the one that was asked for: each starts as fast as it can. */
const commands: Readonly<Record<string, () => Promise<Command>>> = {
  up: async () => (await import("./commands/up.ts")).upCommand(),
  query: async () => (await import("./commands/query.ts")).queryCommand(),
  alerts: async () => (await import("./commands/alerts.ts")).alertsCommand(),
  invoke: async () => (await import("./commands/invoke.ts")).invokeCommand(),
  backfill: async () => (await import("./commands/backfill.ts")).backfillCommand(),
  redrive: async () => (await import("./commands/redrive.ts")).redriveCommand(),
  graph: async () => (await import("./commands/graph.ts")).graphCommand(),
  analyze: async () => (await import("./commands/analyze.ts")).analyzeCommand(),
  backtest: async () => (await import("./commands/backtest.ts")).backtestCommand(),
  parse: async () => (await import("./commands/parse.ts")).parseCommand(),
  mcp: async () => (await import("./commands/mcp.ts")).mcpCommand(),
};

async function main(args: readonly string[]): Promise<number> {
  const program = new Command("vibe")
    .description("Vibe Charting: what the crypto market is doing, on one machine.")
    .showHelpAfterError()
    .exitOverride();
  const asked = args.find(argument => !argument.startsWith("-"));
  const wanted = asked !== undefined && asked in commands ? [asked] : Object.keys(commands);
  for (const name of wanted) {
    const command = await commands[name]?.();
    if (command) program.addCommand(command.copyInheritedSettings(program));
  }
  try {
    await program.parseAsync(["node", "vibe", ...args]);
    return Number(process.exitCode ?? exitCodes.done);
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.wrongUse;
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    if (process.env.VIBE_DEBUG && error instanceof Error) process.stderr.write(`${error.stack}\n`);
    return exitCodes.failed;
  }
}

// A reader that has enough, such as `head`, is no failure of the command.
process.stdout.on("error", error =>
  process.exit("code" in error && error.code === "EPIPE" ? exitCodes.done : exitCodes.failed),
);

process.exitCode = await main(process.argv.slice(2));
