import { PricesIngested } from "@vibe-charting/contracts";
import { type Database, parkMessage } from "@vibe-charting/database";
import {
  drainOutbox,
  logger,
  type MessageOutcome,
  type Publisher,
  readMessage,
} from "@vibe-charting/runtime";
import type { SQSRecord } from "aws-lambda";
import { analyzeCoin } from "./analyze-coin.ts";
import type { LoadMarket } from "./load-history.ts";

type Ports = {
  readonly openDatabase: () => Promise<Database>;
  readonly publish: Publisher;
  readonly loadMarket: LoadMarket;
};

/** Takes in messages of `prices.ingested`: analyses the coin, publishes its alerts, parks what is no such event. */
export function pricesReceiver(ports: Ports): (record: SQSRecord) => Promise<MessageOutcome> {
  return async record => {
    const db = await ports.openDatabase();
    const message = readMessage(record.body, PricesIngested);
    if (message.kind === "unreadable") return await park(db, record, message.reason);

    const outcome = await analyzeCoin(db, ports.loadMarket, message.event);
    if (outcome.kind === "impossible") return await park(db, record, outcome.reason);
    if (outcome.kind === "skipped")
      return { kind: "skipped", eventId: message.event.id, reason: outcome.reason };
    if (outcome.alerts > 0) await publishAlerts(db, ports.publish);
    return { kind: "done", eventId: message.event.id };
  };
}

async function park(db: Database, record: SQSRecord, reason: string): Promise<MessageOutcome> {
  await parkMessage(db, {
    consumer: "trend-analysis",
    messageId: record.messageId,
    reason,
    body: record.body,
  });
  return { kind: "parked", reason };
}

/** The alerts are committed: when SNS does not take them now, the scheduled drain publishes them. */
async function publishAlerts(db: Database, publish: Publisher): Promise<void> {
  try {
    const { failed, lastError } = await drainOutbox(db, publish, ["signals.detected"]);
    if (failed > 0) logger.warn("alerts wait for the next drain", { failed, lastError });
  } catch (error) {
    logger.warn("alerts wait for the next drain", { error });
  }
}
