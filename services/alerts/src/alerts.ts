import type { Database } from "@vibe-charting/database";
import {
  type DrainReport,
  databasePool,
  drainOutbox,
  logger,
  readLinks,
  scheduledTask,
  snsPublisher,
  standardConsumer,
  topicSubscriptions,
} from "@vibe-charting/runtime";
import type {
  APIGatewayProxyEvent,
  APIGatewayProxyResult,
  Context,
  SQSBatchResponse,
  SQSEvent,
} from "aws-lambda";
import { alertsApi } from "./api/alerts-api.ts";
import { signalReceiver } from "./deliver/receive-signal.ts";
import { sendDigests } from "./deliver/send-digests.ts";
import { resolveHost } from "./recipients/resolve-endpoint.ts";

const links = readLinks("AlertsDatabase", "AlertDeliveries", "PublicKey");
const topicArn = links.AlertDeliveries.arn;
const openDatabase = databasePool(links.AlertsDatabase, { maxPoolSize: 2, statementTimeoutMs: 10_000 });
const publish = snsPublisher({ "alert.deliveries": topicArn });
const subscriptions = topicSubscriptions(topicArn);
const now = () => new Date();

const publicKeyId = links.PublicKey.id;
const answer = alertsApi({ openDatabase, publicKeyId, topicArn, subscriptions, resolveHost, now });
const consume = standardConsumer(
  signalReceiver({ openDatabase, publishDeliveries, subscriptions, resolveHost, now }),
);
const digest = scheduledTask("alert_digests", openDatabase, async (_event, task) => {
  const sent = await sendDigests({ db: task.db, resolveHost }, task.now);
  const { failed, lastError } = await publishDeliveries(task.db);
  return { recordsProcessed: sent, details: { unpublished: failed, publishError: lastError } };
});

/**
 * Answers the HTTP API about alerts, delivers what the queue tells, and sends the digests that are due at a schedule's
 * time: one function for the three, since each function has alarms of its own.
 */
export async function handler(
  event: APIGatewayProxyEvent | SQSEvent | { readonly time: string },
  context: Context,
): Promise<APIGatewayProxyResult | SQSBatchResponse | Awaited<ReturnType<typeof digest>>> {
  if ("Records" in event) return await consume(event, context);
  if ("httpMethod" in event) return await answer(event, context);
  return await digest(event, context);
}

/** The deliveries are committed: what SNS does not take now, the next drain publishes. */
async function publishDeliveries(db: Database): Promise<DrainReport> {
  try {
    const report = await drainOutbox(db, publish, ["alert.deliveries"]);
    if (report.failed > 0) logger.warn("alerts wait for the next drain", { ...report });
    return report;
  } catch (error) {
    logger.warn("alerts wait for the next drain", { error });
    return { published: 0, failed: 0, lastError: String(error) };
  }
}
