import { CreateTopicCommand, DeleteTopicCommand, SNSClient, SubscribeCommand } from "@aws-sdk/client-sns";
import {
  ChangeMessageVisibilityCommand,
  CreateQueueCommand,
  DeleteQueueCommand,
  SendMessageCommand,
  SQSClient,
} from "@aws-sdk/client-sqs";
import type { Delivery } from "./deliveries.ts";
import { region, type World } from "./world.ts";

export type Queue = { readonly name: string; readonly url: string; readonly arn: string };

/** The topics and queues of one run, as the stacks declare them, and what only AWS itself can do with them. */
export type Messaging = {
  readonly topicArns: { readonly "prices.ingested": string; readonly "signals.detected": string };
  readonly analysisQueue: Queue;
  readonly deadLetters: Queue;
  readonly alertsQueue: Queue;
  readonly depth: (queue: Queue) => { visible: number; inFlight: number };
  readonly runOutVisibility: (delivery: Delivery) => Promise<void>;
  readonly send: (queue: Queue, body: string, group: string | null, deduplicationId: string) => Promise<void>;
  readonly remove: () => Promise<void>;
};

const account = "000000000000";
const maxReceiveCount = 5;
const visibilityTimeoutSeconds = 180;

export async function createMessaging({ awsPort, emulator }: World, run: string): Promise<Messaging> {
  const endpoint = `http://127.0.0.1:${awsPort}`;
  const credentials = { accessKeyId: "chaos", secretAccessKey: "chaos" };
  const sns = new SNSClient({ endpoint, region, credentials });
  const sqs = new SQSClient({ endpoint, region, credentials });
  const createQueue = async (name: string, attributes: Record<string, string>): Promise<Queue> => {
    await sqs.send(new CreateQueueCommand({ QueueName: name, Attributes: attributes }));
    const arn = `arn:aws:sqs:${region}:${account}:${name}`;
    return { name, arn, url: `${endpoint}/${account}/${name}` };
  };
  const createTopic = async (name: string, attributes: Record<string, string>) => {
    const { TopicArn = "" } = await sns.send(new CreateTopicCommand({ Name: name, Attributes: attributes }));
    return TopicArn;
  };
  const subscribe = async (TopicArn: string, queue: Queue) => {
    const Attributes = { RawMessageDelivery: "true" };
    await sns.send(new SubscribeCommand({ TopicArn, Protocol: "sqs", Endpoint: queue.arn, Attributes }));
  };

  const VisibilityTimeout = String(visibilityTimeoutSeconds);
  const deadLetters = await createQueue(`${run}-dead.fifo`, { FifoQueue: "true" });
  const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: deadLetters.arn, maxReceiveCount });
  const analysisQueue = await createQueue(`${run}-analysis.fifo`, {
    FifoQueue: "true",
    VisibilityTimeout,
    RedrivePolicy,
  });
  const alertsQueue = await createQueue(`${run}-alerts`, { VisibilityTimeout });
  const topicArns = {
    "prices.ingested": await createTopic(`${run}-prices.fifo`, { FifoTopic: "true" }),
    "signals.detected": await createTopic(`${run}-signals`, {}),
  };
  await subscribe(topicArns["prices.ingested"], analysisQueue);
  await subscribe(topicArns["signals.detected"], alertsQueue);
  return {
    topicArns,
    analysisQueue,
    deadLetters,
    alertsQueue,
    depth: ({ name }) => emulator.queueDepth(name) ?? { visible: 0, inFlight: 0 },
    runOutVisibility: async ({ queueUrl, receiptHandle }) => {
      await sqs.send(
        new ChangeMessageVisibilityCommand({
          QueueUrl: queueUrl,
          ReceiptHandle: receiptHandle,
          VisibilityTimeout: 0,
        }),
      );
    },
    send: async (queue, body, group, deduplicationId) => {
      const fifo = group === null ? {} : { MessageGroupId: group, MessageDeduplicationId: deduplicationId };
      await sqs.send(new SendMessageCommand({ QueueUrl: queue.url, MessageBody: body, ...fifo }));
    },
    remove: async () => {
      for (const { url } of [analysisQueue, alertsQueue, deadLetters])
        await sqs.send(new DeleteQueueCommand({ QueueUrl: url }));
      for (const TopicArn of Object.values(topicArns)) await sns.send(new DeleteTopicCommand({ TopicArn }));
      sns.destroy();
      sqs.destroy();
    },
  };
}
