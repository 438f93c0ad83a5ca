import {
  CreateTopicCommand,
  PublishBatchCommand,
  type PublishBatchRequestEntry,
  type SNSClient,
  SubscribeCommand,
} from "@aws-sdk/client-sns";
import {
  CreateQueueCommand,
  DeleteMessageBatchCommand,
  ReceiveMessageCommand,
  type SQSClient,
} from "@aws-sdk/client-sqs";
import { messagingClients } from "../stage/messaging-clients.ts";
import type { BenchStage } from "./with-bench-stage.ts";

const batchSize = 10;
/** As many as the analysis has. */
const consumers = 5;
const messageBytes = 400;

type Path = { sns: SNSClient; sqs: SQSClient; topicArn: string; queueUrl: string };

/** Publishes as many messages as a listing has, a group each, and receives and deletes them: milliseconds. */
export async function measureEmptyPipeline(
  stage: BenchStage,
  messages: number,
  run: number,
): Promise<number> {
  const path = await openPath(stage, run);
  const entries = Array.from({ length: messages }, (_, index) => entryOf(index, run));
  const allDone = new AbortController();
  const finished = Promise.withResolvers<number>();
  let left = messages;
  const startedAt = performance.now();
  const consume = async () => {
    while (left > 0) {
      const done = await receiveAndDelete(path, allDone.signal);
      left -= done;
      if (left === 0 && done > 0) finished.resolve(performance.now() - startedAt);
    }
  };
  const consuming = Promise.all(Array.from({ length: consumers }, consume));
  for (let start = 0; start < messages; start += batchSize) {
    const PublishBatchRequestEntries = entries.slice(start, start + batchSize);
    await path.sns.send(new PublishBatchCommand({ TopicArn: path.topicArn, PublishBatchRequestEntries }));
  }
  // A consumer that fails ends the wait too.
  const ms = await Promise.race([finished.promise, consuming.then(() => finished.promise)]);
  // The others still wait for messages.
  allDone.abort();
  await consuming;
  path.sns.destroy();
  path.sqs.destroy();
  return ms;
}

/** A path of each run's own: a wait that was given up still takes what comes next, and keeps it from the others. */
async function openPath({ graph, stage }: BenchStage, run: number): Promise<Path> {
  const { sns, sqs } = messagingClients({ messagingUrl: stage.messagingEndpoint, region: graph.region });
  const name = `bench-empty-${run}.fifo`;
  const { TopicArn = "" } = await sns.send(
    new CreateTopicCommand({ Name: name, Attributes: { FifoTopic: "true" } }),
  );
  const { QueueUrl = "" } = await sqs.send(
    new CreateQueueCommand({ QueueName: name, Attributes: { FifoQueue: "true" } }),
  );
  const Endpoint = TopicArn.replace(":sns:", ":sqs:");
  const Attributes = { RawMessageDelivery: "true" };
  await sns.send(new SubscribeCommand({ TopicArn, Protocol: "sqs", Endpoint, Attributes }));
  return { sns, sqs, topicArn: TopicArn, queueUrl: QueueUrl };
}

function entryOf(index: number, run: number): PublishBatchRequestEntry {
  return {
    Id: String(index),
    Message: "x".repeat(messageBytes),
    MessageGroupId: String(index),
    MessageDeduplicationId: `${run}-${index}`,
  };
}

async function receiveAndDelete({ sqs, queueUrl }: Path, signal: AbortSignal): Promise<number> {
  const receive = new ReceiveMessageCommand({
    QueueUrl: queueUrl,
    MaxNumberOfMessages: batchSize,
    WaitTimeSeconds: 20,
  });
  const { Messages = [] } = await sqs.send(receive, { abortSignal: signal }).catch(error => {
    if (signal.aborted) return { Messages: [] };
    throw error;
  });
  if (Messages.length === 0) return 0;
  const Entries = Messages.map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle }));
  await sqs.send(new DeleteMessageBatchCommand({ QueueUrl: queueUrl, Entries }));
  return Messages.length;
}
