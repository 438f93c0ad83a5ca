import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import {
  CreateTopicCommand,
  GetSubscriptionAttributesCommand,
  ListSubscriptionsByTopicCommand,
  SetSubscriptionAttributesCommand,
  SNSClient,
  SubscribeCommand,
  UnsubscribeCommand,
} from "@aws-sdk/client-sns";
import {
  CreateQueueCommand,
  GetQueueUrlCommand,
  QueueDoesNotExist,
  SetQueueAttributesCommand,
  SQSClient,
} from "@aws-sdk/client-sqs";
import { z } from "zod";
import { LOCAL_STAGE_ACCESS_KEY_ID } from "../permissions/access-keys.ts";
import type { RoleCheck } from "../permissions/role-check.ts";
import { type Emulator, startEmulator } from "./emulator.ts";
import { type Mailbox, mailbox } from "./mailbox.ts";
import type { MessagingPlan, PlannedQueue, PlannedSubscription } from "./messaging-plan.ts";
import type { LocalEndpoints } from "./post-to-endpoint.ts";

export type Messaging = { emulator: Emulator; sqs: SQSClient; sns: SNSClient; stop(): Promise<void> };

/** Attributes that decide what a subscriber gets; absent means the default. */
const SUBSCRIPTION_DEFAULTS: Record<string, string> = {
  RawMessageDelivery: "false",
  FilterPolicy: "",
  FilterPolicyScope: "MessageAttributes",
};

/** Starts SNS and SQS and brings them to the plan; messages of an earlier run are kept. */
export async function startMessaging(options: {
  plan: MessagingPlan;
  endpoint: string;
  port: number;
  region: string;
  dataDirectory: string;
  roleCheck: RoleCheck;
  mail?: Mailbox;
  endpoints?: LocalEndpoints;
  log?: (message: string) => void;
}): Promise<Messaging> {
  const { plan, port, region, dataDirectory, roleCheck } = options;
  const mail = options.mail ?? mailbox(join(dataDirectory, "mail.jsonl"), () => undefined);
  const emulator = await startEmulator({
    port,
    region,
    dataDirectory,
    roleCheck,
    mail,
    endpoints: options.endpoints,
    signatureVersionOf: arn => plan.topics.find(topic => topic.arn === arn)?.signatureVersion ?? "1",
    log: options.log,
  });
  const credentials = { accessKeyId: LOCAL_STAGE_ACCESS_KEY_ID, secretAccessKey: "local" };
  const sqs = new SQSClient({ endpoint: options.endpoint, region, credentials });
  const sns = new SNSClient({ endpoint: options.endpoint, region, credentials });
  const stop = async () => {
    sqs.destroy();
    sns.destroy();
    await emulator.stop();
  };
  try {
    // Dead-letter queues first: a redrive policy names one that exists.
    const isTarget = (queue: PlannedQueue) => plan.deadLetterArns.has(queue.arn);
    for (const queue of plan.queues.filter(isTarget)) await ensureQueue(sqs, queue);
    for (const queue of plan.queues.filter(queue => !isTarget(queue))) await ensureQueue(sqs, queue);
    for (const topic of plan.topics) {
      await sns.send(new CreateTopicCommand({ Name: topic.name, Attributes: topic.attributes }));
    }
    for (const subscription of plan.subscriptions) await ensureSubscription(sns, subscription);
    await dropFormerSubscriptions(sns, plan, join(dataDirectory, "subscriptions.json"));
  } catch (error) {
    await stop();
    throw error;
  }
  return { emulator, sqs, sns, stop };
}

async function ensureQueue(sqs: SQSClient, queue: PlannedQueue): Promise<void> {
  try {
    const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName: queue.name }));
    // An empty policy removes the one of an earlier deployment.
    const Attributes = { RedrivePolicy: "", ...queue.attributes };
    await sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes }));
  } catch (error) {
    if (!(error instanceof QueueDoesNotExist)) throw error;
    await sqs.send(new CreateQueueCommand({ QueueName: queue.name, Attributes: queue.attributes }));
  }
}

async function findSubscription(
  sns: SNSClient,
  topicArn: string,
  queueArn: string,
): Promise<string | undefined> {
  let NextToken: string | undefined;
  do {
    const page = await sns.send(new ListSubscriptionsByTopicCommand({ TopicArn: topicArn, NextToken }));
    const found = page.Subscriptions?.find(
      ({ Endpoint, Protocol }) => Protocol === "sqs" && Endpoint === queueArn,
    );
    if (found?.SubscriptionArn !== undefined) return found.SubscriptionArn;
    NextToken = page.NextToken;
  } while (NextToken !== undefined);
  return undefined;
}

async function ensureSubscription(sns: SNSClient, wanted: PlannedSubscription): Promise<void> {
  const { topicArn, queueArn, attributes } = wanted;
  const SubscriptionArn = await findSubscription(sns, topicArn, queueArn);
  if (SubscriptionArn === undefined) {
    await sns.send(
      new SubscribeCommand({
        TopicArn: topicArn,
        Protocol: "sqs",
        Endpoint: queueArn,
        Attributes: attributes,
      }),
    );
    return;
  }
  const current = await sns.send(new GetSubscriptionAttributesCommand({ SubscriptionArn }));
  for (const [name, unset] of Object.entries(SUBSCRIPTION_DEFAULTS)) {
    const value = attributes[name] ?? unset;
    if ((current.Attributes?.[name] ?? unset) === value) continue;
    await sns.send(
      new SetSubscriptionAttributesCommand({ SubscriptionArn, AttributeName: name, AttributeValue: value }),
    );
  }
}

const FormerSubscriptions = z.array(z.object({ topicArn: z.string(), queueArn: z.string() }));

/** Ends the subscriptions that earlier stacks declared and these do not; those made by hand stay. */
async function dropFormerSubscriptions(sns: SNSClient, plan: MessagingPlan, record: string): Promise<void> {
  const former = existsSync(record)
    ? FormerSubscriptions.parse(JSON.parse(await readFile(record, "utf8")))
    : [];
  for (const { topicArn, queueArn } of former) {
    const stays = plan.subscriptions.some(now => now.topicArn === topicArn && now.queueArn === queueArn);
    if (stays) continue;
    const SubscriptionArn = await findSubscription(sns, topicArn, queueArn);
    if (SubscriptionArn !== undefined) await sns.send(new UnsubscribeCommand({ SubscriptionArn }));
  }
  const now = plan.subscriptions.map(({ topicArn, queueArn }) => ({ topicArn, queueArn }));
  await writeFile(record, JSON.stringify(now));
}
