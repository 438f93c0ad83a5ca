import { DeleteMessageBatchCommand, type Message, ReceiveMessageCommand } from "@aws-sdk/client-sqs";
import { marketLoader } from "@vibe-charting/analysis/src/load-history.ts";
import { pricesReceiver } from "@vibe-charting/analysis/src/receive-prices.ts";
import { SignalsDetected } from "@vibe-charting/contracts";
import { receiveOnce, recordRun } from "@vibe-charting/database";
import { providerSettings } from "@vibe-charting/ingestion/src/provider-settings.ts";
import { takeInListing } from "@vibe-charting/ingestion/src/take-in-listing.ts";
import { buildSqsEvent, settledMessages } from "@vibe-charting/local-stage/messaging";
import { announceUnanalyzedCoins } from "@vibe-charting/maintenance/src/announce-unanalyzed-coins.ts";
import { drainOutbox, fifoConsumer, scheduledTask } from "@vibe-charting/runtime";
import type { Context } from "aws-lambda";
import { sql } from "slonik";
import type { Queue } from "./messaging.ts";
import type { Sandbox } from "./sandbox.ts";
import { region } from "./world.ts";

const bothTopics = ["prices.ingested", "signals.detected"] as const;
/** A message that was delivered so often is left in peace: after five deliveries it would be a dead letter. */
export const sparedAfterDeliveries = 3;

/** Only what the functions read of Lambda's context. */
const context = { awsRequestId: "chaos", getRemainingTimeInMillis: () => 120_000 } as Context;

/** What a schedule, or an operator, calls a function with. */
type InvocationEvent = { readonly time: string; readonly ignorePause: boolean };
export type Invocation = (event: InvocationEvent) => Promise<void>;

/** The ingestion, as its handler wires it. */
export function ingestion({ openDatabase, publish, providerUrl }: Sandbox): Invocation {
  const settings = providerSettings({ source: "demo", baseUrl: providerUrl });
  const ports = { readSettings: async () => settings, trackedCoins: 100, publish };
  const handler = scheduledTask("data_ingestion", openDatabase, async (event: unknown, task) =>
    takeInListing(event, task, ports),
  );
  return async event => void (await handler(event, context));
}

/** The scheduled drain of the outbox. */
export function drain({ openDatabase, publish }: Sandbox): Invocation {
  const handler = scheduledTask("outbox_drain", openDatabase, async (_event: InvocationEvent, { db }) => {
    const { published } = await drainOutbox(db, publish, bothTopics);
    return { recordsProcessed: published, details: {} };
  });
  return async event => void (await handler(event, context));
}

/** The scheduled catch-up of coins that were not analysed. */
export function catchUp({ openDatabase, publish }: Sandbox): Invocation {
  const handler = scheduledTask("catch_up", openDatabase, async (_event: InvocationEvent, { db, now }) => {
    const symbols = await announceUnanalyzedCoins(db, now);
    await drainOutbox(db, publish, ["prices.ingested"]);
    return { recordsProcessed: symbols.length, details: {} };
  });
  return async event => void (await handler(event, context));
}

/** The analysis with its event source mapping: receives a batch, calls the handler, deletes what is done. */
export function analysis(
  { process, openDatabase, publish, sqs }: Sandbox,
  queue: Queue,
): () => Promise<void> {
  const receive = pricesReceiver({ openDatabase, publish, loadMarket: marketLoader() });
  const handler = fifoConsumer(receive, async ({ startedAt, ...counts }) => {
    await recordRun(await openDatabase(), "trend_analysis", startedAt, {
      recordsProcessed: counts.done,
      details: counts,
    });
  });
  return async () => {
    const batch = await receiveBatch(sqs, queue);
    process.isSpared = batch.some(isSpared);
    if (batch.length === 0) return;
    const response = await handler(buildSqsEvent(batch, queue.arn, region), context);
    const result = { ok: true, requestId: "chaos", payload: JSON.stringify(response) } as const;
    await deleteMessages(sqs, queue, settledMessages(batch, result, true));
  };
}

/** A subscriber of the alerts, as the documentation asks for: it takes each id once. */
export function subscriber({ process, openDatabase, sqs }: Sandbox, queue: Queue): () => Promise<void> {
  return async () => {
    const batch = await receiveBatch(sqs, queue);
    process.isSpared = batch.some(isSpared);
    const db = batch.length > 0 ? await openDatabase() : null;
    for (const message of batch) {
      const { id } = SignalsDetected.parse(JSON.parse(message.Body ?? ""));
      await db?.transaction(async tx => {
        if (await receiveOnce(tx, "subscriber", id))
          await tx.query(sql.unsafe`INSERT INTO told_alerts (event_id) VALUES (${id})`);
      });
      await deleteMessages(sqs, queue, [message]);
    }
  };
}

function isSpared({ Attributes }: Message): boolean {
  return Number(Attributes?.ApproximateReceiveCount) >= sparedAfterDeliveries;
}

async function receiveBatch(sqs: Sandbox["sqs"], queue: Queue): Promise<Message[]> {
  const { Messages = [] } = await sqs.send(
    new ReceiveMessageCommand({
      QueueUrl: queue.url,
      MaxNumberOfMessages: 10,
      MessageSystemAttributeNames: ["All"],
      MessageAttributeNames: ["All"],
    }),
  );
  return Messages;
}

async function deleteMessages(
  sqs: Sandbox["sqs"],
  queue: Queue,
  messages: readonly Message[],
): Promise<void> {
  if (messages.length === 0) return;
  const Entries = messages.map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle }));
  await sqs.send(new DeleteMessageBatchCommand({ QueueUrl: queue.url, Entries }));
}
