import {
  CreateTopicCommand,
  GetSubscriptionAttributesCommand,
  InvalidParameterException,
  SNSClient,
} from "@aws-sdk/client-sns";
import { type FauxqsServer, startFauxqs } from "fauxqs";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { SubscriberRefusedError, topicSubscriptions } from "./topic-subscriptions.ts";

const queue = { id: "me", protocol: "sqs", endpoint: "arn:aws:sqs:us-east-2:000000000000:mine" } as const;

describe("topicSubscriptions", () => {
  let server: FauxqsServer;
  let client: SNSClient;
  let TopicArn: string;
  beforeAll(async () => {
    server = await startFauxqs({ port: 0, logger: false });
    const credentials = { accessKeyId: "test", secretAccessKey: "test" };
    client = new SNSClient({ region: "us-east-2", credentials, endpoint: `http://127.0.0.1:${server.port}` });
    TopicArn = (await client.send(new CreateTopicCommand({ Name: "deliveries" }))).TopicArn ?? "";
  });
  afterAll(async () => {
    client.destroy();
    await server.stop();
  });
  const attributesOf = async (SubscriptionArn: string) =>
    (await client.send(new GetSubscriptionAttributesCommand({ SubscriptionArn }))).Attributes;

  it("subscribes a queue to its own messages alone, without an envelope, and once", async () => {
    const { subscribe, list } = topicSubscriptions(TopicArn, client);
    const arn = await subscribe(queue);
    expect(await subscribe(queue)).toBe(arn);
    expect(await attributesOf(arn)).toMatchObject({
      FilterPolicy: '{"recipient":["me"]}',
      RawMessageDelivery: "true",
    });
    expect(await list()).toEqual([{ protocol: "sqs", endpoint: queue.endpoint, confirmedArn: arn }]);
  });

  it("has SNS try an HTTPS endpoint again within the hour that it allows", async () => {
    const { subscribe } = topicSubscriptions(TopicArn, client);
    const arn = await subscribe({ id: "hook", protocol: "https", endpoint: "https://hooks.example.com/" });
    const policy = JSON.parse((await attributesOf(arn))?.DeliveryPolicy ?? "{}").healthyRetryPolicy;
    expect(policy.numRetries * policy.maxDelayTarget).toBeLessThanOrEqual(3_600);
    expect(policy).toMatchObject({ numRetries: 11, minDelayTarget: 20, maxDelayTarget: 300 });
  });

  it("ends a subscription, and finds nothing wrong in one that is gone", async () => {
    const { subscribe, unsubscribe, list } = topicSubscriptions(TopicArn, client);
    const other = { ...queue, id: "other", endpoint: `${queue.endpoint}-2` };
    const arn = await subscribe(other);
    await unsubscribe(arn);
    await unsubscribe(arn);
    expect((await list()).map(({ endpoint }) => endpoint)).not.toContain(other.endpoint);
  });

  it("tells a subscriber that SNS refuses from an SNS that does not answer", async () => {
    const failing = (error: Error) => {
      const stub = new SNSClient({ region: "us-east-2" });
      vi.spyOn(stub, "send").mockImplementation(() => Promise.reject(error));
      return topicSubscriptions(TopicArn, stub).subscribe(queue);
    };
    const refused = new InvalidParameterException({ message: "Invalid parameter: Endpoint", $metadata: {} });
    await expect(failing(refused)).rejects.toThrow(SubscriberRefusedError);
    const away = new Error("connect ETIMEDOUT");
    await expect(failing(away)).rejects.toBe(away);
  });
});
