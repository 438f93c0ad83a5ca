import { createVerify } from "node:crypto";
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
  UnsubscribeCommand,
} from "@aws-sdk/client-sns";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type HttpsEndpoint, startHttpsEndpoint } from "../../test/https-endpoint.ts";
import { findFreePort } from "../free-port.ts";
import { type Emulator, startEmulator } from "./emulator.ts";
import type { LocalEndpoints } from "./post-to-endpoint.ts";

const credentials = { accessKeyId: "OPERATOR", secretAccessKey: "local" };
const host = "hooks.example.com";
const Endpoint = `https://${host}/alerts?team=1`;
const quickRetries = JSON.stringify({
  healthyRetryPolicy: { numRetries: 2, minDelayTarget: 0, maxDelayTarget: 0 },
});

let dataDirectory: string;
let endpoint: HttpsEndpoint;
let emulator: Emulator;
let sns: SNSClient;
let logged: string[];
let TopicArn: string;
beforeEach(async () => {
  dataDirectory = await mkdtemp(join(tmpdir(), "vibe-https-"));
  endpoint = await startHttpsEndpoint(host);
  await start({
    hosts: { [host]: { address: "127.0.0.1", port: endpoint.port } },
    certificates: [endpoint.certificate],
  });
});
afterEach(async () => {
  sns.destroy();
  await emulator.stop();
  await endpoint.stop();
  await rm(dataDirectory, { recursive: true });
});

async function start(endpoints: LocalEndpoints): Promise<void> {
  const port = await findFreePort();
  logged = [];
  emulator = await startEmulator({
    port,
    region: "us-east-2",
    dataDirectory,
    roleCheck: () => undefined,
    mail: { send: async () => {} },
    endpoints,
    signatureVersionOf: () => "2",
    log: message => void logged.push(message),
  });
  sns = new SNSClient({ endpoint: `http://127.0.0.1:${port}`, region: "us-east-2", credentials });
  TopicArn = (await sns.send(new CreateTopicCommand({ Name: "alerts" }))).TopicArn ?? "";
}

const subscribe = async (attributes: Record<string, string> = {}, url = Endpoint) =>
  await sns.send(
    new SubscribeCommand({
      TopicArn,
      Protocol: "https",
      Endpoint: url,
      Attributes: { FilterPolicy: JSON.stringify({ recipient: ["me"] }), ...attributes },
    }),
  );
const message = (recipient: string, text: string) => ({
  Message: text,
  MessageAttributes: { recipient: { DataType: "String", StringValue: recipient } },
});
/** The next post that the endpoint gets. */
async function nextPost() {
  await vi.waitFor(() => expect(endpoint.posts.length).toBeGreaterThan(0), { timeout: 5_000 });
  const post = endpoint.posts.shift();
  if (!post) throw new Error("nothing was posted");
  return post;
}
async function confirm() {
  const { SubscribeURL } = JSON.parse((await nextPost()).body);
  expect(await (await fetch(SubscribeURL)).text()).toContain(`${Endpoint} is subscribed`);
}
const arns = async () =>
  (await sns.send(new ListSubscriptionsByTopicCommand({ TopicArn }))).Subscriptions?.map(
    ({ SubscriptionArn }) => SubscriptionArn,
  );

async function isSigned(envelope: Record<string, string>, fields: readonly string[]): Promise<boolean> {
  const certificate = await (await fetch(String(envelope.SigningCertURL))).text();
  const text = fields.map(field => `${field}\n${envelope[field]}\n`).join("");
  return createVerify("RSA-SHA256").update(text).verify(certificate, String(envelope.Signature), "base64");
}

describe("an HTTPS endpoint", () => {
  it("is asked to confirm, with a signature, and gets nothing before that", async () => {
    await subscribe();
    await sns.send(new PublishCommand({ TopicArn, ...message("me", "early") }));
    const { headers, path, body } = await nextPost();
    const envelope = JSON.parse(body);
    expect([path, headers.host, headers["x-amz-sns-message-type"]]).toEqual([
      "/alerts?team=1",
      host,
      "SubscriptionConfirmation",
    ]);
    expect(envelope).toMatchObject({ Type: "SubscriptionConfirmation", TopicArn, SignatureVersion: "2" });
    expect(
      await isSigned(envelope, [
        "Message",
        "MessageId",
        "SubscribeURL",
        "Timestamp",
        "Token",
        "TopicArn",
        "Type",
      ]),
    ).toBe(true);
    expect(await arns()).toEqual(["PendingConfirmation"]);
    expect(endpoint.posts).toEqual([]);
  });

  it("gets what its filter passes in SNS's envelope, once it has confirmed", async () => {
    await subscribe();
    await confirm();
    const [arn] = (await arns()) ?? [];
    const PublishBatchRequestEntries = [
      { Id: "0", ...message("another", "no") },
      { Id: "1", Subject: "about you", ...message("me", "yes") },
    ];
    await sns.send(new PublishBatchCommand({ TopicArn, PublishBatchRequestEntries }));
    const { headers, body } = await nextPost();
    const envelope = JSON.parse(body);
    expect(headers).toMatchObject({
      "x-amz-sns-message-type": "Notification",
      "x-amz-sns-message-id": envelope.MessageId,
      "x-amz-sns-topic-arn": TopicArn,
      "x-amz-sns-subscription-arn": arn,
    });
    expect(envelope).toMatchObject({
      Type: "Notification",
      Subject: "about you",
      Message: "yes",
      MessageAttributes: { recipient: { Type: "String", Value: "me" } },
    });
    const signed = ["Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type"];
    expect(await isSigned(envelope, signed)).toBe(true);
    expect(await isSigned({ ...envelope, Message: "no" }, signed)).toBe(false);
    expect(endpoint.posts).toEqual([]);

    await fetch(envelope.UnsubscribeURL);
    await sns.send(new PublishCommand({ TopicArn, ...message("me", "after") }));
    expect(await arns()).toEqual([]);
    expect(endpoint.posts).toEqual([]);
  });

  it("gets the message alone where its subscription is raw", async () => {
    await subscribe({ RawMessageDelivery: "true" });
    await confirm();
    await sns.send(new PublishCommand({ TopicArn, ...message("me", "only this") }));
    expect(await nextPost()).toMatchObject({
      body: "only this",
      headers: { "x-amz-sns-rawdelivery": "true", "x-amz-sns-message-type": "Notification" },
    });
  });

  it("is told when its subscription is ended", async () => {
    await subscribe();
    await confirm();
    const [SubscriptionArn] = (await arns()) ?? [];
    await sns.send(new UnsubscribeCommand({ SubscriptionArn }));
    expect(JSON.parse((await nextPost()).body)).toMatchObject({ Type: "UnsubscribeConfirmation", TopicArn });
  });

  it("is tried again by its policy, but not where it blames the message", async () => {
    await subscribe({ DeliveryPolicy: quickRetries });
    await confirm();
    endpoint.answerWith(503, 429, 200);
    await sns.send(new PublishCommand({ TopicArn, ...message("me", "busy") }));
    const tries = [await nextPost(), await nextPost(), await nextPost()];
    expect(new Set(tries.map(({ headers }) => headers["x-amz-sns-message-id"])).size).toBe(1);

    endpoint.answerWith(400);
    await sns.send(new PublishCommand({ TopicArn, ...message("me", "wrong") }));
    await nextPost();
    await vi.waitFor(() => expect(logged.at(-1)).toContain("it answered 400, and no more tries are made"));
    expect(endpoint.posts).toEqual([]);
  });

  it("gets nothing without a certificate that is trusted", async () => {
    sns.destroy();
    await emulator.stop();
    await start({ hosts: { [host]: { address: "127.0.0.1", port: endpoint.port } }, certificates: [] });
    await subscribe({ DeliveryPolicy: quickRetries });
    await vi.waitFor(() => expect(logged.at(-1)).toMatch(/self-signed certificate.*no more tries are made/));
    expect(endpoint.posts).toEqual([]);
  });

  it("gets nothing where its name leads to no public address", async () => {
    await subscribe({ DeliveryPolicy: quickRetries }, `https://localhost:${endpoint.port}/`);
    await vi.waitFor(() => expect(logged.at(-1)).toMatch(/which is no public address, and no more tries/));
    expect(endpoint.posts).toEqual([]);
  });
});
