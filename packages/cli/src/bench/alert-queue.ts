import { paginateListTopics, SubscribeCommand } from "@aws-sdk/client-sns";
import { CreateQueueCommand, GetQueueAttributesCommand } from "@aws-sdk/client-sqs";
import { messagingClients } from "../stage/messaging-clients.ts";
import type { BenchStage } from "./with-bench-stage.ts";

/** A subscriber to signals.detected that counts what it gets. */
export async function openAlertQueue({
  graph,
  stage,
}: BenchStage): Promise<{ count: () => Promise<number> }> {
  const { sns, sqs } = messagingClients({ messagingUrl: stage.messagingEndpoint, region: graph.region });
  const QueueName = "bench-alerts";
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName }));
  for await (const { Topics = [] } of paginateListTopics({ client: sns }, {})) {
    const TopicArn = Topics.find(topic => topic.TopicArn?.endsWith("signals-detected"))?.TopicArn;
    if (TopicArn === undefined) continue;
    const Endpoint = TopicArn.replace(":sns:", ":sqs:").replace(/[^:]+$/, QueueName);
    await sns.send(new SubscribeCommand({ TopicArn, Protocol: "sqs", Endpoint }));
  }
  return {
    count: async () => {
      const AttributeNames = ["ApproximateNumberOfMessages" as const];
      const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames }));
      return Number(Attributes?.ApproximateNumberOfMessages);
    },
  };
}
