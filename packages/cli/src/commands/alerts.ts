import { SignalState, SignalsDetected, SignalType } from "@vibe-charting/contracts";
import { Command, InvalidArgumentError, Option } from "commander";
import { alertInbox } from "../alert-inbox.ts";
import { findRunningStage } from "../stage/running-stage.ts";

type AlertsOptions = {
  readonly name: string;
  readonly follow?: boolean;
  readonly symbol?: string[];
  readonly type?: SignalType[];
  readonly state?: SignalState[];
  readonly minConfidence?: number;
};

export function alertsCommand(): Command {
  return new Command("alerts")
    .description("Print what an SQS subscriber to signals.detected receives, an alert a line.")
    .option("--follow", "stay and print alerts as they come; without it, print what waits and end")
    .option(
      "--name <name>",
      "the subscriber; its queue is kept between runs, so that no alert is missed",
      "follower",
    )
    .option("--symbol <symbol...>", "only these coins")
    .addOption(new Option("--type <type...>", "only these signals").choices(SignalType.options))
    .addOption(new Option("--state <state...>", "only these states").choices(SignalState.options))
    .option(
      "--min-confidence <confidence>",
      "only alerts of at least this confidence, 0 to 1",
      parseConfidence,
    )
    .action(async (options: AlertsOptions) => {
      const stage = findRunningStage();
      const inbox = await alertInbox(stage, options.name, filterPolicy(options));
      const stopping = new AbortController();
      for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => stopping.abort());
      if (options.follow) process.stderr.write("following signals.detected; Ctrl-C ends\n");
      for await (const body of inbox.receive(options.follow ?? false, stopping.signal)) {
        const alert = SignalsDetected.safeParse(body);
        if (alert.success)
          process.stdout.write(`${JSON.stringify({ id: alert.data.id, ...alert.data.data })}\n`);
        else process.stderr.write(`not an alert: ${JSON.stringify(body).slice(0, 200)}\n`);
      }
    });
}

/** What SNS matches with the message's attributes before it delivers. */
function filterPolicy({ symbol, type, state, minConfidence }: AlertsOptions): Record<string, unknown[]> {
  return {
    ...(symbol && { symbol: symbol.map(name => name.toUpperCase()) }),
    ...(type && { signal_type: type }),
    ...(state && { state }),
    ...(minConfidence !== undefined && { confidence: [{ numeric: [">=", minConfidence] }] }),
  };
}

function parseConfidence(text: string): number {
  const confidence = Number(text);
  if (confidence >= 0 && confidence <= 1) return confidence;
  throw new InvalidArgumentError("A confidence is a number from 0 to 1.");
}
