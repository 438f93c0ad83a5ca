import {
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  type Message,
  paginateListQueues,
  ReceiveMessageCommand,
  SendMessageCommand,
  type SQSClient,
} from "@aws-sdk/client-sqs";

type Queue = {
  readonly url: string;
  readonly name: string;
  readonly arn: string;
  readonly deadLetterArn: string | null;
};

/** Both queues of a redrive, by their names. */
export type RedrivePlan = { readonly deadLetters: Queue; readonly source: Queue };

/** Finds a dead-letter queue by its name or the end of it, and the queue that its messages came from. */
export async function planRedrive(sqs: SQSClient, name: string): Promise<RedrivePlan> {
  const queues = await listQueues(sqs);
  const matches = queues.filter(
    queue => queue.name === name || queue.name.replace(/\.fifo$/, "").endsWith(name),
  );
  const deadLetters = matches.find(queue => queues.some(({ deadLetterArn }) => deadLetterArn === queue.arn));
  const source = queues.find(
    ({ deadLetterArn }) => deadLetterArn !== null && deadLetterArn === deadLetters?.arn,
  );
  if (deadLetters && source) return { deadLetters, source };
  const known = queues.filter(({ arn }) => queues.some(({ deadLetterArn }) => deadLetterArn === arn));
  throw new Error(
    `No dead-letter queue has a name that ends in ${name}. There are: ${known.map(queue => queue.name).join(", ")}`,
  );
}

/**
 * Moves every message of a dead-letter queue back to where it came from. Each goes under a new deduplication id:
 * SQS would swallow one that it has seen in the past five minutes. Gives how many were moved.
 */
export async function redriveQueue(
  sqs: SQSClient,
  { deadLetters, source }: RedrivePlan,
  revision: string,
): Promise<number> {
  const receive = new ReceiveMessageCommand({
    QueueUrl: deadLetters.url,
    MaxNumberOfMessages: 10,
    MessageAttributeNames: ["All"],
    MessageSystemAttributeNames: ["MessageGroupId"],
  });
  for (let moved = 0; ; ) {
    const { Messages = [] } = await sqs.send(receive);
    if (Messages.length === 0) return moved;
    for (const message of Messages) {
      await sqs.send(new SendMessageCommand({ QueueUrl: source.url, ...copyOf(message, revision) }));
      await sqs.send(
        new DeleteMessageCommand({ QueueUrl: deadLetters.url, ReceiptHandle: message.ReceiptHandle }),
      );
      moved++;
    }
  }
}

function copyOf({ Body, MessageId, MessageAttributes, Attributes }: Message, revision: string) {
  const group = Attributes?.MessageGroupId;
  return {
    MessageBody: Body ?? "",
    MessageAttributes,
    ...(group !== undefined && {
      MessageGroupId: group,
      MessageDeduplicationId: `redrive-${revision}-${MessageId}`,
    }),
  };
}

async function listQueues(sqs: SQSClient): Promise<readonly Queue[]> {
  const queues: Queue[] = [];
  for await (const { QueueUrls = [] } of paginateListQueues({ client: sqs }, {})) {
    for (const url of QueueUrls) {
      const { Attributes } = await sqs.send(
        new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ["QueueArn", "RedrivePolicy"] }),
      );
      const redrive = JSON.parse(Attributes?.RedrivePolicy ?? "{}");
      queues.push({
        url,
        name: url.split("/").at(-1) ?? url,
        arn: Attributes?.QueueArn ?? "",
        deadLetterArn: redrive.deadLetterTargetArn ?? null,
      });
    }
  }
  return queues;
}
