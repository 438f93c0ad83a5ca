import { PublishBatchCommand, SNSClient } from "@aws-sdk/client-sns";
import type { SQSBatchResponse, SQSEvent } from "aws-lambda";

// A small product: ingest publishes one message per coin, analyze answers each with a signal.

const sns = new SNSClient({});
const resources: Record<string, { arn?: string }> = JSON.parse(process.env.SST_RESOURCES_JSON ?? "{}");

async function publish(
  topicArn: string | undefined,
  messages: { text: string; group?: string }[],
): Promise<void> {
  await sns.send(
    new PublishBatchCommand({
      TopicArn: topicArn,
      PublishBatchRequestEntries: messages.map(({ text, group }, index) => ({
        Id: String(index),
        Message: text,
        MessageAttributes: { type: { DataType: "String", StringValue: "price" } },
        ...(group !== undefined && { MessageGroupId: group, MessageDeduplicationId: text }),
      })),
    }),
  );
}

export async function ingest(event: { day?: string; time?: string }) {
  const day = event.day ?? event.time ?? "";
  const coins = ["BTC", "ETH", "SOL"];
  await publish(
    resources.Prices?.arn,
    coins.map(coin => ({ text: `${coin} ${day}`, group: coin })),
  );
  return { published: coins.length };
}

export async function analyze(event: SQSEvent): Promise<SQSBatchResponse> {
  await publish(
    resources.Signals?.arn,
    event.Records.map(({ body }) => ({ text: `signal for ${body}` })),
  );
  return { batchItemFailures: [] };
}
