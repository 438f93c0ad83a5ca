import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  CreateTopicCommand,
  ListSubscriptionsByTopicCommand,
  PublishBatchCommand,
  PublishCommand,
  SNSClient,
  SubscribeCommand,
} from "@aws-sdk/client-sns";
import { afterEach, beforeEach, expect, it } from "vitest";
import { findFreePort } from "../free-port.ts";
import { type Emulator, startEmulator } from "./emulator.ts";
import type { Mailbox } from "./mailbox.ts";

type Mail = Parameters<Mailbox["send"]>[0];
const credentials = { accessKeyId: "OPERATOR", secretAccessKey: "local" };
const to = "trader@example.com";

let dataDirectory: string;
let emulator: Emulator;
let sns: SNSClient;
let mails: Mail[];
let TopicArn: string;
beforeEach(async () => {
  dataDirectory = await mkdtemp(join(tmpdir(), "vibe-mail-"));
  const port = await findFreePort();
  mails = [];
  const mail = { send: async (sent: Mail) => void mails.push(sent) };
  emulator = await startEmulator({
    port,
    region: "us-east-2",
    dataDirectory,
    roleCheck: () => undefined,
    mail,
  });
  sns = new SNSClient({ endpoint: `http://127.0.0.1:${port}`, region: "us-east-2", credentials });
  TopicArn = (await sns.send(new CreateTopicCommand({ Name: "alerts" }))).TopicArn ?? "";
  const Attributes = { FilterPolicy: JSON.stringify({ recipient: ["me"] }) };
  await sns.send(new SubscribeCommand({ TopicArn, Protocol: "email", Endpoint: to, Attributes }));
});
afterEach(async () => {
  sns.destroy();
  await emulator.stop();
  await rm(dataDirectory, { recursive: true });
});

const message = (recipient: string, text: string) => ({
  Message: JSON.stringify({ default: "{}", email: text }),
  MessageStructure: "json",
  Subject: `about ${text}`,
  MessageAttributes: { recipient: { DataType: "String", StringValue: recipient } },
});
const open = async (url: string | null | undefined) => await (await fetch(String(url))).text();
const arns = async () =>
  (await sns.send(new ListSubscriptionsByTopicCommand({ TopicArn }))).Subscriptions?.map(
    ({ SubscriptionArn }) => SubscriptionArn,
  );

it("asks an address to confirm, and sends it nothing before that", async () => {
  await sns.send(new PublishCommand({ TopicArn, ...message("me", "early") }));
  expect(mails).toMatchObject([{ to, subject: "AWS Notification - Subscription Confirmation" }]);
  expect(await arns()).toEqual(["PendingConfirmation"]);
});

it("sends a confirmed address what its filter passes, in the words for e-mail", async () => {
  expect(await open(mails[0]?.confirmUrl)).toContain(`${to} is subscribed`);
  expect(await arns()).toEqual([expect.stringMatching(/^arn:aws:sns:/)]);
  await sns.send(new PublishCommand({ TopicArn, ...message("me", "one") }));
  const PublishBatchRequestEntries = [
    { Id: "0", ...message("another", "two") },
    { Id: "1", ...message("me", "three") },
  ];
  await sns.send(new PublishBatchCommand({ TopicArn, PublishBatchRequestEntries }));
  expect(mails.slice(1).map(({ subject, text }) => [subject, text.split("\n")[0]])).toEqual([
    ["about one", "one"],
    ["about three", "three"],
  ]);
});

it("sends nothing more once the link under an e-mail was opened", async () => {
  await open(mails[0]?.confirmUrl);
  await sns.send(new PublishCommand({ TopicArn, ...message("me", "one") }));
  expect(await open(mails[1]?.unsubscribeUrl)).toContain("gets no more");
  await sns.send(new PublishCommand({ TopicArn, ...message("me", "two") }));
  expect(mails).toHaveLength(2);
  expect(await arns()).toEqual([]);
});

it("says so where a link is of no subscription", async () => {
  const link = new URL(String(mails[0]?.confirmUrl));
  link.searchParams.set("Token", "arn:aws:sns:us-east-2:000000000000:alerts:none");
  expect(await open(link.href)).toContain("of no subscription");
});
