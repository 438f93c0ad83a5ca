import { PublishBatchCommand } from "@aws-sdk/client-sns";
import { DeleteMessageCommand, GetQueueUrlCommand, ReceiveMessageCommand } from "@aws-sdk/client-sqs";
import { startMessaging } from "../src/messaging/messaging.ts";
import { planMessaging } from "../src/messaging/messaging-plan.ts";
import { topicArn } from "./graph-fixture.ts";
import { killedGraph } from "./killed-graph.ts";

// A process that publishes six messages, acknowledges one, holds two in flight, and then waits to be killed.

const [dataDirectory = "", portText = ""] = process.argv.slice(2);
const port = Number(portText);
const endpoint = `http://127.0.0.1:${port}`;
const { sqs, sns } = await startMessaging({
  plan: planMessaging(killedGraph(endpoint)),
  endpoint,
  port,
  region: "us-east-2",
  dataDirectory,
  roleCheck: () => undefined,
});
await sns.send(
  new PublishBatchCommand({
    TopicArn: topicArn("prices.fifo"),
    PublishBatchRequestEntries: ["a1", "a2", "b1", "b2", "a3", "b3"].map(text => ({
      Id: text,
      Message: text,
      MessageGroupId: text.charAt(0),
      MessageDeduplicationId: text,
    })),
  }),
);
const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName: "work.fifo" }));
const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 3 }));
const [first] = Messages ?? [];
await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: first?.ReceiptHandle }));
process.stdout.write(`${JSON.stringify((Messages ?? []).map(({ Body }) => Body))}\n`);
setInterval(() => undefined, 1_000);
