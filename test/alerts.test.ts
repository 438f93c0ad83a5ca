import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { CreateQueueCommand, ReceiveMessageCommand, type SQSClient } from "@aws-sdk/client-sqs";
import { Alert, AlertFired, AlertsResponse } from "@vibe-charting/contracts";
import axios from "axios";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { type HttpsEndpoint, startHttpsEndpoint } from "../packages/local-stage/test/https-endpoint.ts";
import { stageClient } from "./support/stage-client.ts";
import { type StageProcess, startStage, temporaryState } from "./support/stage-process.ts";
import { stageQueues } from "./support/stage-queues.ts";

/** A line of the local stage's file of e-mails. */
type Mail = { to: string; subject: string; text: string; confirmUrl: string | null };

/** Within this the demo's script has raised the volume of a coin. */
const untilSomethingHappens = { timeout: 120_000, interval: 500 };

describe("alerts on the local stage", () => {
  const [state, certificates] = [temporaryState(), temporaryState()];
  let stage: StageProcess;
  let api: ReturnType<typeof stageClient>;
  let sqs: SQSClient;
  let endpoint: HttpsEndpoint;
  beforeAll(async () => {
    endpoint = await startHttpsEndpoint("hooks.example.com");
    const certificate = join(certificates.path, "endpoint.pem");
    writeFileSync(certificate, endpoint.certificate);
    stage = await startStage(state.path, [
      ...["--source", "demo", "--reset", "--interval", "1"],
      ...["--endpoint", `hooks.example.com=127.0.0.1:${endpoint.port}`, "--endpoint-ca", certificate],
    ]);
    await stage.printed("ready http");
    api = stageClient(stage.url);
    sqs = stageQueues(state.path);
  });
  afterAll(async () => {
    await stage?.end("SIGTERM");
    await endpoint?.stop();
    state.remove();
    certificates.remove();
  });

  const mails = (): Mail[] => {
    const file = join(state.path, "mail.jsonl");
    return existsSync(file)
      ? readFileSync(file, "utf8")
          .trim()
          .split("\n")
          .map(line => JSON.parse(line))
      : [];
  };
  const post = async (body: unknown) => await api.client.post("/alerts", body);

  it("brings a signal to a queue and to a confirmed address, once to each", async () => {
    const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: "end-to-end-alerts" }));
    const recipient = { channel: "sqs", queueArn: "arn:aws:sqs:us-east-2:000000000000:end-to-end-alerts" };
    const filter = { signalTypes: ["volume_anomaly"], states: ["suspected", "confirmed"] };
    const created = await post({ recipient, filter, dailyCap: 100 });
    expect(created.status).toBe(201);
    const alert = Alert.parse(created.data);
    expect(alert).toMatchObject({ status: "confirmed", recipient });

    const address = "trader@example.com";
    const byMail = await post({ recipient: { channel: "email", address }, filter, dailyCap: 100 });
    expect(Alert.parse(byMail.data).status).toBe("pending");
    const { confirmUrl } = mails().find(({ to }) => to === address) ?? {};
    expect((await axios.get(String(confirmUrl))).data).toContain(`${address} is subscribed`);
    const { alerts } = AlertsResponse.parse((await api.get("/alerts")).data);
    expect(alerts.map(({ status }) => status)).toEqual(["confirmed", "confirmed"]);

    const received: AlertFired[] = [];
    await vi.waitFor(async () => {
      const { Messages = [] } = await sqs.send(
        new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }),
      );
      received.push(...Messages.map(({ Body }) => AlertFired.parse(JSON.parse(Body ?? "null"))));
      expect(received.length).toBeGreaterThan(0);
      expect(mails().filter(({ confirmUrl: link }) => link === null).length).toBeGreaterThan(0);
    }, untilSomethingHappens);
    expect(received[0]?.data).toMatchObject({
      alertIds: [alert.id],
      signal: { signalType: "volume_anomaly", marketSource: "demo" },
    });
    const told = mails().filter(({ confirmUrl: link }) => link === null);
    expect(told[0]).toMatchObject({
      to: address,
      subject: expect.stringMatching(/volume anomaly .*demo market/),
    });
    expect(told[0]?.text).toContain("Why:\n- ");
    const changes = told.map(({ text }) => [text.split("\n")[0], /^Episode \S+/m.exec(text)?.[0]].join());
    expect(new Set(changes).size).toBe(changes.length);
    const ids = received.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it("brings a signal to an HTTPS endpoint that confirms, in SNS's envelope", async () => {
    const recipient = { channel: "https", url: "https://hooks.example.com/alerts" };
    const created = await post({ recipient, filter: { states: ["suspected", "confirmed"] }, dailyCap: 100 });
    expect([created.status, Alert.parse(created.data).status]).toEqual([201, "pending"]);
    const next = async (options = {}) => {
      await vi.waitFor(() => expect(endpoint.posts.length).toBeGreaterThan(0), options);
      return endpoint.posts.shift();
    };
    const { SubscribeURL, Type } = JSON.parse((await next())?.body ?? "null");
    expect(Type).toBe("SubscriptionConfirmation");
    await axios.get(SubscribeURL);
    const { alerts } = AlertsResponse.parse((await api.get("/alerts")).data);
    expect(alerts.find(({ id }) => id === created.data.id)?.status).toBe("confirmed");

    const notification = JSON.parse((await next(untilSomethingHappens))?.body ?? "null");
    expect(notification).toMatchObject({ Type: "Notification", SignatureVersion: "2" });
    expect(AlertFired.parse(JSON.parse(notification.Message)).data.alertIds).toEqual([created.data.id]);
  });

  it("ends an alert, and the subscription with it", async () => {
    const { alerts } = AlertsResponse.parse((await api.get("/alerts")).data);
    for (const { id } of alerts) expect((await api.client.delete(`/alerts/${id}`)).status).toBe(200);
    expect((await api.get("/alerts")).data).toEqual({ alerts: [], nextCursor: null });
  });

  it("refuses at the gateway what names no recipient, and in the function what must not be reached", async () => {
    const noRecipient = await post({ filter: {} });
    expect([noRecipient.status, noRecipient.data.code]).toEqual([400, "request.invalid"]);
    const metadata = await post({ recipient: { channel: "https", url: "https://169.254.169.254/latest" } });
    expect([metadata.status, metadata.data.errors[0].field]).toEqual([400, "recipient.url"]);
    const unkeyed = await api.client.get("/alerts", { headers: { "x-api-key": undefined } });
    expect(unkeyed.status).toBe(403);
  });
});
