import { PricesIngested } from "@vibe-charting/contracts";
import { parkMessage, recordRun } from "@vibe-charting/database";
import {
  databasePool,
  drainOutbox,
  fifoConsumer,
  logger,
  type MessageOutcome,
  readLinks,
  readMessage,
  snsPublisher,
} from "@vibe-charting/runtime";
import type { SQSRecord } from "aws-lambda";
import { analyzeCoin } from "./analyze-coin.ts";
import { marketLoader } from "./load-history.ts";

const links = readLinks("AnalysisDatabase", "SignalsDetected");
const openDatabase = databasePool(links.AnalysisDatabase, { maxPoolSize: 1, statementTimeoutMs: 10_000 });
const publish = snsPublisher({ "signals.detected": links.SignalsDetected.arn });
const loadMarket = marketLoader();

/** Works out trends and signals of the coins with new prices. */
export const handler = fifoConsumer(receive, async ({ startedAt, ...counts }) => {
  await recordRun(await openDatabase(), "trend_analysis", startedAt, {
    recordsProcessed: counts.done,
    details: counts,
  });
});

async function receive(record: SQSRecord): Promise<MessageOutcome> {
  const db = await openDatabase();
  const message = readMessage(record.body, PricesIngested);
  if (message.kind === "unreadable") return await park(record, message.reason);

  const outcome = await analyzeCoin(db, loadMarket, message.event);
  if (outcome.kind === "impossible") return await park(record, outcome.reason);
  if (outcome.kind === "skipped")
    return { kind: "skipped", eventId: message.event.id, reason: outcome.reason };
  if (outcome.alerts > 0) await publishAlerts();
  return { kind: "done", eventId: message.event.id };
}

async function park(record: SQSRecord, reason: string): Promise<MessageOutcome> {
  await parkMessage(await openDatabase(), {
    consumer: "trend-analysis",
    messageId: record.messageId,
    reason,
    body: record.body,
  });
  return { kind: "parked", reason };
}

/** The alerts are committed: when SNS does not take them now, the scheduled drain publishes them. */
async function publishAlerts(): Promise<void> {
  try {
    const { failed, lastError } = await drainOutbox(await openDatabase(), publish, ["signals.detected"]);
    if (failed > 0) logger.warn("alerts wait for the next drain", { failed, lastError });
  } catch (error) {
    logger.warn("alerts wait for the next drain", { error });
  }
}
