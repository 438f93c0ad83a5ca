import { GetQueueAttributesCommand, SQSClient } from "@aws-sdk/client-sqs";

/** Messages in each queue, waiting or being worked on, in the order of the URLs. The counts are approximate. */
export async function readQueueDepths(
  urls: readonly string[],
  client = new SQSClient({}),
): Promise<readonly number[]> {
  return await Promise.all(
    urls.map(async url => {
      const { Attributes } = await client.send(
        new GetQueueAttributesCommand({
          QueueUrl: url,
          AttributeNames: ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"],
        }),
      );
      return (
        Number(Attributes?.ApproximateNumberOfMessages ?? 0) +
        Number(Attributes?.ApproximateNumberOfMessagesNotVisible ?? 0)
      );
    }),
  );
}
