import { CreateTopicCommand, SubscribeCommand } from "@aws-sdk/client-sns";
import {
  CreateQueueCommand,
  DeleteMessageBatchCommand,
  type Message,
  ReceiveMessageCommand,
} from "@aws-sdk/client-sqs";
import { messagingClients } from "../../stage/messaging-clients.ts";
import type { BenchStage } from "../with-bench-stage.ts";
import type { FunctionClient } from "./function-client.ts";

const batchSize = 10;

/** A FIFO topic with its queue that no function of the stage reads: the way of prices from one part to the next. */
export type PricePath = {
  readonly topicArn: string;
  /** Hands everything in the queue to the functions, each batch to one that is free; gives milliseconds. */
  readonly drain: (
    functions: readonly FunctionClient[],
    onBatch?: (messages: number) => void,
  ) => Promise<number>;
  /** Takes everything out of the queue; gives how many messages. */
  readonly empty: () => Promise<number>;
};

export async function openPricePath({ graph, stage }: BenchStage, name: string): Promise<PricePath> {
  const { sns, sqs } = messagingClients({ messagingUrl: stage.messagingEndpoint, region: graph.region });
  const { TopicArn = "" } = await sns.send(
    new CreateTopicCommand({ Name: `${name}.fifo`, Attributes: { FifoTopic: "true" } }),
  );
  const { QueueUrl = "" } = await sqs.send(
    new CreateQueueCommand({
      QueueName: `${name}.fifo`,
      Attributes: { FifoQueue: "true", VisibilityTimeout: "180" },
    }),
  );
  const Endpoint = TopicArn.replace(":sns:", ":sqs:");
  const Attributes = {
    RawMessageDelivery: "true",
    FilterPolicy: JSON.stringify({ type: ["prices.ingested"] }),
  };
  await sns.send(new SubscribeCommand({ TopicArn, Protocol: "sqs", Endpoint, Attributes }));

  const receive = async () => {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({
        QueueUrl,
        MaxNumberOfMessages: batchSize,
        MessageSystemAttributeNames: ["All"],
      }),
    );
    return Messages;
  };
  const settle = async (messages: readonly Message[]) => {
    const Entries = messages.map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle }));
    await sqs.send(new DeleteMessageBatchCommand({ QueueUrl, Entries }));
  };
  const work = async (take: (messages: readonly Message[]) => Promise<void>): Promise<number> => {
    let count = 0;
    for (let messages = await receive(); messages.length > 0; messages = await receive()) {
      await take(messages);
      await settle(messages);
      count += messages.length;
    }
    return count;
  };
  return {
    topicArn: TopicArn,
    drain: async (functions, onBatch) => {
      const startedAt = performance.now();
      await Promise.all(
        functions.map(({ run }) =>
          work(async messages => {
            const { result } = await run({ Records: messages.map(toRecord) });
            refuseFailures(result);
            onBatch?.(messages.length);
          }),
        ),
      );
      return performance.now() - startedAt;
    },
    empty: () => work(async () => {}),
  };
}

function toRecord({ MessageId, ReceiptHandle, Body, Attributes }: Message) {
  return {
    messageId: MessageId,
    receiptHandle: ReceiptHandle,
    body: Body,
    attributes: Attributes,
    messageAttributes: {},
    eventSource: "aws:sqs",
    eventSourceARN: "arn:aws:sqs:us-east-2:000000000000:bench.fifo",
    awsRegion: "us-east-2",
  };
}

function refuseFailures(result: unknown): void {
  const failures =
    typeof result === "object" && result !== null && "batchItemFailures" in result
      ? result.batchItemFailures
      : [];
  if (Array.isArray(failures) && failures.length > 0)
    throw new Error(`${failures.length} messages of a batch failed: their reasons are in the lines above`);
}
