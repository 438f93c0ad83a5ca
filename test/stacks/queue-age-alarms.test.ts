import { PublishCommand } from "@aws-sdk/client-sns";
import { GetQueueUrlCommand, ReceiveMessageCommand } from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { type Messaging, startMessaging } from "../../packages/local-stage/src/messaging/messaging.ts";
import { planMessaging } from "../../packages/local-stage/src/messaging/messaging-plan.ts";
import { isOn } from "../support/cloudwatch.ts";
import { freePort, temporaryState } from "../support/stage-process.ts";
import { type AlarmReader, readAlarms } from "./alarm-reader.ts";
import { stageGraph } from "./stage-graph.ts";

describe("alarms of queues that nobody reads", () => {
  const state = temporaryState();
  let messaging: Messaging;
  let alarmNamed: AlarmReader["alarmNamed"];
  beforeAll(async () => {
    ({ alarmNamed } = await readAlarms());
    const graph = await stageGraph("production");
    const port = await freePort();
    messaging = await startMessaging({
      plan: planMessaging(graph),
      endpoint: `http://127.0.0.1:${port}`,
      port,
      region: graph.region,
      dataDirectory: state.path,
      roleCheck: () => undefined,
    });
    vi.useFakeTimers({ toFake: ["Date"] });
  });
  afterAll(async () => {
    vi.useRealTimers();
    await messaging?.stop();
    state.remove();
  });

  it.each([
    {
      alarm: "analysis-queue-age",
      topic: "prices-ingested.fifo",
      queue: "analysis.fifo",
      type: "prices.ingested",
    },
    {
      alarm: "alert-queue-age",
      topic: "signals-detected",
      queue: "alert-signals",
      type: "signals.detected",
    },
  ])(
    "$alarm fires when what is published waits for longer than 15 minutes",
    async ({ alarm, topic, queue, type }) => {
      const { sns, sqs } = messaging;
      const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName: `vibe-charting-${queue}` }));
      await sns.send(
        new PublishCommand({
          TopicArn: `arn:aws:sns:us-east-2:000000000000:vibe-charting-${topic}`,
          Message: "{}",
          MessageAttributes: { type: { DataType: "String", StringValue: type } },
          ...(topic.endsWith(".fifo") && { MessageGroupId: "1", MessageDeduplicationId: "1" }),
        }),
      );
      /** What SQS reports as ApproximateAgeOfOldestMessage, in seconds; a look that hides nothing. */
      const age = async () => {
        const { Messages = [] } = await sqs.send(
          new ReceiveMessageCommand({
            QueueUrl,
            VisibilityTimeout: 0,
            MessageSystemAttributeNames: ["SentTimestamp"],
          }),
        );
        return (Date.now() - Number(Messages[0]?.Attributes?.SentTimestamp)) / 1_000;
      };
      const afterMinutes = async (minutes: number) => {
        vi.setSystemTime(Date.now() + minutes * 60_000);
        return isOn(alarmNamed(alarm), [await age()]);
      };
      expect([await afterMinutes(14), await afterMinutes(2)]).toEqual([false, true]);
    },
  );
});
