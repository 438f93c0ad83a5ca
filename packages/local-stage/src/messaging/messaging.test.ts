import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  ListSubscriptionsByTopicCommand,
  PublishBatchCommand,
  PublishCommand,
  SNSClient,
  SubscribeCommand,
} from "@aws-sdk/client-sns";
import {
  ChangeMessageVisibilityCommand,
  CreateQueueCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  type Message,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from "@aws-sdk/client-sqs";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  changed,
  functionBuild,
  graphOf,
  queue,
  queueArn,
  redriveTo,
  subscription,
  topic,
  topicArn,
} from "../../test/graph-fixture.ts";
import { killedGraph } from "../../test/killed-graph.ts";
import { findFreePort } from "../free-port.ts";
import type { ResourceGraph } from "../graph/resource-graph.ts";
import { functionAccessKeyId } from "../permissions/access-keys.ts";
import { createRoleCheck } from "../permissions/role-check.ts";
import { type Messaging, startMessaging } from "./messaging.ts";
import { planMessaging } from "./messaging-plan.ts";

let dataDirectory: string;
let port: number;
let endpoint: string;
const running = new Set<Messaging>();

beforeEach(async () => {
  dataDirectory = await mkdtemp(join(tmpdir(), "vibe-messaging-"));
  port = await findFreePort();
  endpoint = `http://127.0.0.1:${port}`;
});
afterEach(async () => {
  for (const messaging of running) await messaging.stop();
  running.clear();
  await rm(dataDirectory, { recursive: true });
});

async function start(graph: ResourceGraph): Promise<Messaging> {
  const plan = planMessaging(graph);
  const roleCheck = createRoleCheck(graph);
  const messaging = await startMessaging({
    plan,
    endpoint,
    port,
    region: "us-east-2",
    dataDirectory,
    roleCheck,
  });
  running.add(messaging);
  return messaging;
}

async function stop(messaging: Messaging): Promise<void> {
  running.delete(messaging);
  await messaging.stop();
}

const urlOf = (name: string) => `${endpoint}/000000000000/${name}`;

async function receive(messaging: Messaging, name: string) {
  const command = new ReceiveMessageCommand({
    QueueUrl: urlOf(name),
    MaxNumberOfMessages: 10,
    MessageSystemAttributeNames: ["All"],
    MessageAttributeNames: ["All"],
  });
  return (await messaging.sqs.send(command)).Messages ?? [];
}

const bodies = (messages: Message[]) => messages.map(({ Body }) => Body);

async function sendToGroup(messaging: Messaging, queueName: string, ...texts: string[]): Promise<void> {
  for (const text of texts) {
    await messaging.sqs.send(
      new SendMessageCommand({
        QueueUrl: urlOf(queueName),
        MessageBody: text,
        MessageGroupId: text.charAt(0),
        MessageDeduplicationId: text,
      }),
    );
  }
}

const fifoGraph = () =>
  graphOf([queue("dead.fifo", endpoint), queue("work.fifo", endpoint, redriveTo("dead.fifo", 2))]);

describe("FIFO queues", () => {
  it("hand out several messages of a group at once, in order", async () => {
    const messaging = await start(fifoGraph());
    await sendToGroup(messaging, "work.fifo", "a1", "a2", "b1", "a3");
    const messages = await receive(messaging, "work.fifo");
    expect(bodies(messages).toSorted()).toEqual(["a1", "a2", "a3", "b1"]);
    expect(bodies(messages).filter(text => text?.startsWith("a"))).toEqual(["a1", "a2", "a3"]);
  });

  it("keep a group locked until all its messages are deleted", async () => {
    const messaging = await start(fifoGraph());
    await sendToGroup(messaging, "work.fifo", "a1", "a2");
    const [first, second] = await receive(messaging, "work.fifo");
    await sendToGroup(messaging, "work.fifo", "a3");
    const remove = (message: typeof first) =>
      messaging.sqs.send(
        new DeleteMessageCommand({ QueueUrl: urlOf("work.fifo"), ReceiptHandle: message?.ReceiptHandle }),
      );
    await remove(first);
    const whileLocked = bodies(await receive(messaging, "work.fifo"));
    await remove(second);
    expect([whileLocked, bodies(await receive(messaging, "work.fifo"))]).toEqual([[], ["a3"]]);
  });

  it("hand out in order what was made visible again in any order, and count the receives", async () => {
    const messaging = await start(fifoGraph());
    await sendToGroup(messaging, "work.fifo", "a1", "a2", "a3");
    for (const message of await receive(messaging, "work.fifo")) {
      await messaging.sqs.send(
        new ChangeMessageVisibilityCommand({
          QueueUrl: urlOf("work.fifo"),
          ReceiptHandle: message.ReceiptHandle,
          VisibilityTimeout: 0,
        }),
      );
    }
    const again = await receive(messaging, "work.fifo");
    expect(again.map(({ Body, Attributes }) => [Body, Attributes?.ApproximateReceiveCount])).toEqual([
      ["a1", "2"],
      ["a2", "2"],
      ["a3", "2"],
    ]);
  });

  it("move a message to the dead-letter queue after its last receive", async () => {
    const messaging = await start(fifoGraph());
    await sendToGroup(messaging, "work.fifo", "a1");
    for (let count = 0; count < 2; count += 1) {
      const [message] = await receive(messaging, "work.fifo");
      await messaging.sqs.send(
        new ChangeMessageVisibilityCommand({
          QueueUrl: urlOf("work.fifo"),
          ReceiptHandle: message?.ReceiptHandle,
          VisibilityTimeout: 0,
        }),
      );
    }
    const third = bodies(await receive(messaging, "work.fifo"));
    expect([third, bodies(await receive(messaging, "dead.fifo"))]).toEqual([[], ["a1"]]);
  });
});

describe("topics", () => {
  it("deliver raw what passes the filter", async () => {
    const graph = graphOf([
      topic("signals"),
      queue("alerts", endpoint),
      ...subscription("Alerts", "signals", "alerts", { filterPolicy: '{"type":["pump"]}' }),
    ]);
    const messaging = await start(graph);
    for (const type of ["pump", "bottom"]) {
      await messaging.sns.send(
        new PublishCommand({
          TopicArn: topicArn("signals"),
          Message: type,
          MessageAttributes: { type: { DataType: "String", StringValue: type } },
        }),
      );
    }
    const messages = await receive(messaging, "alerts");
    expect(messages.map(({ Body, MessageAttributes }) => [Body, MessageAttributes])).toEqual([
      ["pump", { type: { DataType: "String", StringValue: "pump" } }],
    ]);
  });
});

describe("a restart", () => {
  const stack = (filter: string) =>
    graphOf([
      topic("signals"),
      queue("alerts", endpoint),
      queue("old", endpoint),
      ...subscription("Alerts", "signals", "alerts", { filterPolicy: filter }),
      ...subscription("Old", "signals", "old"),
    ]);

  it("applies changed stacks, keeps messages and subscriptions made by hand", async () => {
    const before = await start(stack('{"type":["pump"]}'));
    await before.sqs.send(new SendMessageCommand({ QueueUrl: urlOf("alerts"), MessageBody: "kept" }));
    await before.sqs.send(new CreateQueueCommand({ QueueName: "by-hand" }));
    await before.sns.send(
      new SubscribeCommand({
        TopicArn: topicArn("signals"),
        Protocol: "sqs",
        Endpoint: queueArn("by-hand"),
        Attributes: { RawMessageDelivery: "true" },
      }),
    );
    await stop(before);

    const now = graphOf(
      changed(stack('{"type":["bottom"]}'), "alertsQueue", { visibilityTimeoutSeconds: 77 }).resources.filter(
        ({ name }) => name !== "Old",
      ),
    );
    const after = await start(now);
    const { Attributes } = await after.sqs.send(
      new GetQueueAttributesCommand({ QueueUrl: urlOf("alerts"), AttributeNames: ["VisibilityTimeout"] }),
    );
    const { Subscriptions } = await after.sns.send(
      new ListSubscriptionsByTopicCommand({ TopicArn: topicArn("signals") }),
    );
    await after.sns.send(
      new PublishCommand({
        TopicArn: topicArn("signals"),
        Message: "new",
        MessageAttributes: { type: { DataType: "String", StringValue: "bottom" } },
      }),
    );
    expect({
      endpoints: Subscriptions?.map(({ Endpoint }) => Endpoint).toSorted(),
      Attributes,
      messages: bodies(await receive(after, "alerts")),
      byHand: bodies(await receive(after, "by-hand")),
    }).toEqual({
      endpoints: [queueArn("alerts"), queueArn("by-hand")],
      Attributes: { VisibilityTimeout: "77" },
      messages: ["kept", "new"],
      byHand: ["new"],
    });
  });

  it("after kill -9 loses no message and shows at once those that were in flight", async () => {
    const child = spawn(
      process.execPath,
      [join(import.meta.dirname, "../../test/emulator-child.ts"), dataDirectory, String(port)],
      { stdio: ["ignore", "pipe", "inherit"] },
    );
    const [line] = await once(child.stdout, "data");
    child.kill("SIGKILL");
    await once(child, "exit");
    const messaging = await start(killedGraph(endpoint));
    const depth = messaging.emulator.queueDepth("work.fifo");
    const messages = await receive(messaging, "work.fifo");
    const byGroup = (group: string) => bodies(messages).filter(text => text?.startsWith(group));
    // The first of the three that it received was acknowledged.
    const acknowledged: unknown = JSON.parse(String(line))[0];
    expect({ acknowledged, depth, a: byGroup("a"), b: byGroup("b") }).toEqual({
      acknowledged: "a1",
      depth: { visible: 5, inFlight: 0, delayed: 0 },
      a: ["a2", "a3"],
      b: ["b1", "b2", "b3"],
    });
  });
});

describe("roles", () => {
  it("let a function make the calls that they allow, and no other", async () => {
    const graph = graphOf(
      [topic("signals"), queue("alerts", endpoint)],
      [
        functionBuild("publisher", "plain.ts#echo", {
          policies: [{ Effect: "Allow", Action: ["sns:Publish"], Resource: [topicArn("signals")] }],
        }),
      ],
    );
    await start(graph);
    const client = {
      endpoint,
      region: "us-east-2",
      credentials: { accessKeyId: functionAccessKeyId("publisher"), secretAccessKey: "local" },
      maxAttempts: 1,
    };
    const sns = new SNSClient(client);
    const sqs = new SQSClient(client);
    const entries = [{ Id: "1", Message: "m" }];
    const published = await sns.send(
      new PublishBatchCommand({ TopicArn: topicArn("signals"), PublishBatchRequestEntries: entries }),
    );
    const subscribing = sns.send(new ListSubscriptionsByTopicCommand({ TopicArn: topicArn("signals") }));
    const sending = sqs.send(new SendMessageCommand({ QueueUrl: urlOf("alerts"), MessageBody: "m" }));
    const user =
      "User: arn:aws:sts::000000000000:assumed-role/publisher-role/publisher is not authorized to perform:";
    expect(published.Successful?.map(({ Id }) => Id)).toEqual(["1"]);
    await expect(subscribing).rejects.toThrow(
      `${user} sns:ListSubscriptionsByTopic on resource: ${topicArn("signals")} because no identity-based policy allows the sns:ListSubscriptionsByTopic action`,
    );
    await expect(sending).rejects.toThrow(
      `${user} sqs:SendMessage on resource: ${queueArn("alerts")} because no identity-based policy allows the sqs:SendMessage action`,
    );
    sns.destroy();
    sqs.destroy();
  });
});
