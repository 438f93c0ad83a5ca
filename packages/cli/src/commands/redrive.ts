import { Command } from "commander";
import { planRedrive, redriveQueue } from "../redrive-queue.ts";
import { messagingClients } from "../stage/messaging-clients.ts";
import { findRunningStage } from "../stage/running-stage.ts";

export function redriveCommand(): Command {
  return new Command("redrive")
    .description("Move the messages of a dead-letter queue back to the queue that they came from.")
    .argument("<queue>", "its name, or the end of it, e.g. analysis-dead-letters")
    .action(async (name: string) => {
      const { sqs } = messagingClients(findRunningStage());
      const plan = await planRedrive(sqs, name);
      const moved = await redriveQueue(sqs, plan, Date.now().toString(36));
      process.stdout.write(
        `${JSON.stringify({ from: plan.deadLetters.name, to: plan.source.name, moved })}\n`,
      );
    });
}
