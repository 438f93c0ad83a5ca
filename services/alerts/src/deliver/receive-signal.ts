import { SignalsDetected } from "@vibe-charting/contracts";
import { type Database, parkMessage } from "@vibe-charting/database";
import { type MessageOutcome, readMessage } from "@vibe-charting/runtime";
import type { SQSRecord } from "aws-lambda";
import { type DeliverySources, deliverSignal } from "./deliver-signal.ts";

type Ports = Omit<DeliverySources, "db"> & {
  readonly openDatabase: () => Promise<Database>;
  /** Publishes the deliveries that are committed. */
  readonly publishDeliveries: (db: Database) => Promise<unknown>;
};

/** Takes in messages of `signals.detected`: makes alerts of them, publishes these, parks what is no such event. */
export function signalReceiver({
  openDatabase,
  publishDeliveries,
  ...sources
}: Ports): (record: SQSRecord) => Promise<MessageOutcome> {
  return async record => {
    const db = await openDatabase();
    const message = readMessage(record.body, SignalsDetected);
    if (message.kind === "unreadable") {
      const { reason } = message;
      await parkMessage(db, { consumer: "alerts", messageId: record.messageId, reason, body: record.body });
      return { kind: "parked", reason };
    }
    const outcome = await deliverSignal({ db, ...sources }, message.event);
    const eventId = message.event.id;
    if (outcome.kind === "skipped") return { kind: "skipped", eventId, reason: outcome.reason };
    if (outcome.sent > 0) await publishDeliveries(db);
    return { kind: "done", eventId };
  };
}
