import { GetQueueAttributesCommand, SQSClient } from "@aws-sdk/client-sqs";

/** Messages in each queue, waiting or being worked on, under the queues' names. The counts are approximate. */
export async function readQueueDepths<Name extends string>(
  urls: Readonly<Record<Name, string>>,
  client = new SQSClient({}),
): Promise<Readonly<Record<Name, number>>> {
  const depths = await Promise.all(
    Object.entries<string>(urls).map(async ([name, url]) => {
      const { Attributes } = await client.send(
        new GetQueueAttributesCommand({
          QueueUrl: url,
          AttributeNames: ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"],
        }),
      );
      const depth =
        Number(Attributes?.ApproximateNumberOfMessages ?? 0) +
        Number(Attributes?.ApproximateNumberOfMessagesNotVisible ?? 0);
      return [name, depth] as const;
    }),
  );
  // The names are those of the URLs.
  return Object.fromEntries(depths) as Record<Name, number>;
}
