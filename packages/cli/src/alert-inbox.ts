import { paginateListTopics, type SNSClient, SubscribeCommand } from "@aws-sdk/client-sns";
import { CreateQueueCommand, DeleteMessageCommand, ReceiveMessageCommand } from "@aws-sdk/client-sqs";
import { messagingClients } from "./stage/messaging-clients.ts";
import type { RunningStage } from "./stage/running-stage.ts";

/** Ids of the alerts received last, so that one that is published twice is given out once. */
const rememberedIds = 10_000;
const longPollSeconds = 2;

export type AlertInbox = {
  /** The bodies of the alerts, each id once; ends when none waits, or with `follow` when the signal says so. */
  receive(follow: boolean, signal: AbortSignal): AsyncGenerator<unknown>;
};

/** Subscribes a queue of its own to signals.detected. The same name continues with the same queue. */
export async function alertInbox(
  stage: RunningStage,
  name: string,
  filterPolicy: Record<string, unknown[]>,
): Promise<AlertInbox> {
  const { sns, sqs } = messagingClients(stage);
  const topicArn = await findTopic(sns, "signals-detected");
  const queueName = `${topicArn.split(":").at(-1)}-${name}`;
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: queueName }));
  await sns.send(
    new SubscribeCommand({
      TopicArn: topicArn,
      Protocol: "sqs",
      Endpoint: topicArn.replace(":sns:", ":sqs:").replace(/[^:]+$/, queueName),
      Attributes: {
        RawMessageDelivery: "true",
        ...(Object.keys(filterPolicy).length > 0 && { FilterPolicy: JSON.stringify(filterPolicy) }),
      },
    }),
  );

  const seen = new Set<string>();
  return {
    async *receive(follow, signal) {
      while (!signal.aborted) {
        const receive = new ReceiveMessageCommand({
          QueueUrl,
          MaxNumberOfMessages: 10,
          WaitTimeSeconds: follow ? longPollSeconds : 0,
        });
        const { Messages = [] } = await sqs.send(receive, { abortSignal: signal }).catch(error => {
          if (signal.aborted) return { Messages: [] };
          throw error;
        });
        for (const { Body, ReceiptHandle } of Messages) {
          const body = JSON.parse(Body ?? "null");
          if (!seen.has(body.id)) yield body;
          remember(seen, body.id);
          await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
        }
        if (!follow && Messages.length === 0) return;
      }
    },
  };
}

function remember(seen: Set<string>, id: string): void {
  seen.add(id);
  if (seen.size <= rememberedIds) return;
  for (const oldest of seen) {
    seen.delete(oldest);
    return;
  }
}

async function findTopic(sns: SNSClient, end: string): Promise<string> {
  for await (const { Topics = [] } of paginateListTopics({ client: sns }, {})) {
    const arn = Topics.find(topic => topic.TopicArn?.endsWith(end))?.TopicArn;
    if (arn) return arn;
  }
  throw new Error(`The stage has no topic whose name ends in ${end}`);
}
