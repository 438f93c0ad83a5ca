import { CreateTopicCommand, SNSClient } from "@aws-sdk/client-sns";
import {
  CreateQueueCommand,
  DeleteMessageCommand,
  ReceiveMessageCommand,
  SQSClient,
} from "@aws-sdk/client-sqs";
import {
  AlertDigest,
  AlertFired,
  type CoinSignal,
  SignalsDetected,
  signalsDetected,
} from "@vibe-charting/contracts";
import { recordListing, upsertCoins } from "@vibe-charting/database";
import { createTestDatabase, type TestDatabase } from "@vibe-charting/database/testing";
import { drainOutbox, snsPublisher, topicSubscriptions } from "@vibe-charting/runtime";
import { type FauxqsServer, startFauxqs } from "fauxqs";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { deliverSignal } from "../src/deliver/deliver-signal.ts";
import { sendDigests } from "../src/deliver/send-digests.ts";
import { alertsClient } from "./alerts-client.ts";
import { fakeSubscriptions } from "./fake-subscriptions.ts";
import { coinSignal } from "./signals.ts";

const account = { region: "us-east-2", credentials: { accessKeyId: "test", secretAccessKey: "test" } };
const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
/** A Sunday at noon: the signal is a minute old. */
const noon = new Date("2026-03-01T12:01:00.000Z");

let server: FauxqsServer;
let sns: SNSClient;
let sqs: SQSClient;
let number = 0;
beforeAll(async () => {
  server = await startFauxqs({ port: 0, logger: false });
  const endpoint = `http://127.0.0.1:${server.port}`;
  sns = new SNSClient({ ...account, endpoint });
  sqs = new SQSClient({ ...account, endpoint, useQueueUrlAsEndpoint: false });
});
afterAll(async () => {
  sns.destroy();
  sqs.destroy();
  await server.stop();
});

let test: TestDatabase;
let topicArn: string;
let now: Date;
let addresses: readonly string[] | Error;
beforeEach(async () => {
  test = await createTestDatabase();
  await upsertCoins(test.database, [
    { cmcId: 2, symbol: "LTC", name: "Litecoin", slug: "litecoin", kind: "native", rank: 2 },
  ]);
  number++;
  ({ TopicArn: topicArn = "" } = await sns.send(
    new CreateTopicCommand({ Name: `test-${number}-alert-deliveries` }),
  ));
  now = noon;
  addresses = ["203.0.114.7"];
});
afterEach(() => test.drop());

const resolveHost = async () => {
  if (addresses instanceof Error) throw addresses;
  return addresses;
};

/** The service on this database and topic. */
function service(subscriptions = topicSubscriptions(topicArn, sns)) {
  const shared = { subscriptions, resolveHost, now: () => now };
  const openDatabase = async () => test.database;
  const api = alertsClient({ openDatabase, publicKeyId: "key-of-the-page", topicArn, ...shared });
  const publish = snsPublisher({ "alert.deliveries": topicArn }, sns);
  const drain = () => drainOutbox(test.database, publish, ["alert.deliveries"]);
  return {
    api,
    drain,
    deliver: async (signal: CoinSignal = coinSignal()) => {
      const event = SignalsDetected.parse(JSON.parse(signalsDetected(signal).json));
      const outcome = await deliverSignal({ db: test.database, ...shared }, event);
      await drain();
      return outcome;
    },
    digest: async () => {
      const sent = await sendDigests({ db: test.database, resolveHost }, now);
      await drain();
      return sent;
    },
  };
}

/** A queue of a subscriber's own, and what it has received. */
async function inbox(name: string) {
  const QueueName = `inbox-${number}-${name}`;
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName }));
  return {
    recipient: { channel: "sqs", queueArn: `arn:aws:sqs:us-east-2:000000000000:${QueueName}` },
    received: async (): Promise<unknown[]> => {
      const bodies: unknown[] = [];
      for (;;) {
        const { Messages = [] } = await sqs.send(
          new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: 0 }),
        );
        if (Messages.length === 0) return bodies;
        for (const { Body, ReceiptHandle } of Messages) {
          // SNS hands a queue the `default` of a structured message; fauxqs hands on the whole structure.
          bodies.push(JSON.parse(JSON.parse(Body ?? "null").default));
          await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
        }
      }
    },
  };
}

const idsOf = (messages: readonly unknown[]) =>
  messages.map(message => AlertFired.parse(message).data.signalEventId);
const episode = (index: number) => coinSignal({ episodeId: `bottomed_out:2:${index}` });
const eventOf = (index: number) => `signal:bottomed_out:2:${index}:confirmed`;

describe("deliverSignal", () => {
  it("sends what an alert asks for to its queue, and to no other", async () => {
    const { api, deliver } = service();
    const [mine, other] = [await inbox("mine"), await inbox("other")];
    const alert = (await api.create({ recipient: mine.recipient, filter: { symbols: ["LTC"] } })).body;
    await api.create({ recipient: other.recipient, filter: { signalTypes: ["volume_anomaly"] } });
    expect(await deliver()).toEqual({ kind: "delivered", sent: 1, held: 0 });
    const [message, ...more] = await mine.received();
    expect(AlertFired.parse(message).data).toEqual({
      alertIds: [alert.id],
      signal: coinSignal(),
      signalEventId: "signal:bottomed_out:2:2026-03-01T06:00:00.000Z:confirmed",
      changePct24h: null,
      changePct7d: null,
      ageSeconds: 60,
    });
    expect([more, await other.received()]).toEqual([[], []]);
  });

  it("sends one message where several alerts of a recipient ask for it, and names them", async () => {
    const { api, deliver } = service();
    const mine = await inbox("mine");
    const ids = [];
    for (const filter of [{}, { symbols: ["LTC"] }, { minConfidence: 0.5 }])
      ids.push((await api.create({ recipient: mine.recipient, filter })).body.id);
    await deliver();
    const messages = await mine.received();
    expect(messages).toHaveLength(1);
    expect(AlertFired.parse(messages[0]).data.alertIds).toEqual(ids);
  });

  it("sends one message of a change that is delivered again, at once or later", async () => {
    const { api, deliver } = service();
    const mine = await inbox("mine");
    await api.create({ recipient: mine.recipient });
    const outcomes = await Promise.all([deliver(), deliver(), deliver()]);
    expect(outcomes.filter(({ kind }) => kind === "delivered")).toHaveLength(1);
    expect(await deliver()).toEqual({ kind: "skipped", reason: "received before" });
    expect(await mine.received()).toHaveLength(1);
  });

  it("sends what was committed when SNS takes it, once", async () => {
    const { api, drain } = service();
    const mine = await inbox("mine");
    await api.create({ recipient: mine.recipient });
    const event = SignalsDetected.parse(JSON.parse(signalsDetected(coinSignal()).json));
    const sources = { subscriptions: topicSubscriptions(topicArn, sns), resolveHost, now: () => now };
    await deliverSignal({ db: test.database, ...sources }, event);
    const failing = async () => ({ published: [], failed: [{ index: 0, reason: "SNS is away" }] });
    await drainOutbox(test.database, failing, ["alert.deliveries"]);
    expect(await mine.received()).toEqual([]);
    await drain();
    await drain();
    expect(await mine.received()).toHaveLength(1);
  });

  it("sends each state of an episode that is asked for", async () => {
    const { api, deliver } = service();
    const mine = await inbox("mine");
    await api.create({ recipient: mine.recipient, filter: { states: ["confirmed", "resolved"] } });
    for (const state of ["suspected", "confirmed", "resolved"] as const) await deliver(coinSignal({ state }));
    expect((await mine.received()).map(message => AlertFired.parse(message).data.signal.state)).toEqual([
      "confirmed",
      "resolved",
    ]);
  });

  it("sends nothing that is stale", async () => {
    const { api, deliver } = service();
    const mine = await inbox("mine");
    await api.create({ recipient: mine.recipient });
    now = new Date(noon.getTime() + 49 * hourMs);
    expect(await deliver()).toEqual({ kind: "skipped", reason: "stale: it happened more than 48 hours ago" });
    expect(await mine.received()).toEqual([]);
  });

  it("keeps the time of a simulated market, whatever the clock says", async () => {
    const { api, deliver } = service();
    const mine = await inbox("mine");
    await api.create({ recipient: mine.recipient });
    await recordListing(test.database, noon, "replay", 1);
    now = new Date("2030-01-01T00:00:00Z");
    expect(await deliver(coinSignal({ marketSource: "replay" }))).toMatchObject({ sent: 1 });
  });

  it("sends nothing before the recipient has confirmed, and what comes after", async () => {
    const fake = fakeSubscriptions();
    const { api, deliver } = service(fake.subscriptions);
    now = new Date();
    const fresh = (index: number) => ({ ...episode(index), detectedAt: now.toISOString() });
    await api.create({ recipient: { channel: "email", address: "trader@example.com" } });
    expect(await deliver(fresh(1))).toEqual({ kind: "skipped", reason: "nobody asks for it" });
    fake.confirm("trader@example.com");
    expect(await deliver(fresh(2))).toMatchObject({ kind: "delivered", sent: 1 });
  });

  describe("to an HTTPS endpoint", () => {
    const recipient = { channel: "https", url: "https://hooks.example.com/crypto" };
    async function confirmedEndpoint() {
      const fake = fakeSubscriptions();
      const running = service(fake.subscriptions);
      await running.api.create({ recipient });
      fake.confirm(recipient.url);
      now = new Date();
      return { ...running, fresh: { ...coinSignal(), detectedAt: now.toISOString() } };
    }

    it("sends while its name leads to public addresses", async () => {
      const { deliver, fresh } = await confirmedEndpoint();
      expect(await deliver(fresh)).toMatchObject({ sent: 1, held: 0 });
    });

    it.each(["10.0.3.7", "169.254.169.254", "::ffff:127.0.0.1"])(
      "sends nothing once its name leads to %s",
      async address => {
        const { deliver, fresh } = await confirmedEndpoint();
        addresses = ["203.0.114.7", address];
        expect(await deliver(fresh)).toEqual({ kind: "skipped", reason: "nobody asks for it" });
      },
    );

    it("waits while its name cannot be looked up, and sends nothing when that was for a trap", async () => {
      const { deliver, digest, fresh } = await confirmedEndpoint();
      addresses = Object.assign(new Error("getaddrinfo"), { code: "EAI_AGAIN" });
      expect(await deliver(fresh)).toMatchObject({ sent: 0, held: 1 });
      now = new Date(now.getTime() + 16 * minuteMs);
      expect(await digest()).toBe(0);
      addresses = ["203.0.114.7"];
      expect(await digest()).toBe(0);
      now = new Date(now.getTime() + 16 * minuteMs);
      expect(await digest()).toBe(1);
    });

    it("takes out what is held for it once its name leads to a private address, and sends none of it", async () => {
      const { deliver, digest, fresh } = await confirmedEndpoint();
      addresses = Object.assign(new Error("getaddrinfo"), { code: "EAI_AGAIN" });
      await deliver(fresh);
      now = new Date(now.getTime() + 16 * minuteMs);
      addresses = ["10.0.3.7"];
      expect(await digest()).toBe(0);
      addresses = ["203.0.114.7"];
      expect(await digest()).toBe(0);
      expect(await test.query("SELECT FROM outbox")).toEqual([]);
    });
  });

  it("holds what is above the cap for one digest on the next day", async () => {
    const { api, deliver, digest } = service();
    const mine = await inbox("mine");
    await api.create({ recipient: mine.recipient, dailyCap: 2 });
    for (const index of [1, 2, 3, 4]) await deliver(episode(index));
    expect(idsOf(await mine.received())).toEqual([eventOf(1), eventOf(2)]);
    now = new Date("2026-03-01T23:59:59Z");
    expect(await digest()).toBe(0);
    now = new Date("2026-03-02T00:00:00Z");
    expect(await digest()).toBe(1);
    expect(await digest()).toBe(0);
    const [message, ...more] = await mine.received();
    const { coins, omitted } = AlertDigest.parse(message).data;
    expect(
      coins.map(({ symbol, changes }) => [symbol, changes.map(change => change.signalEventId).sort()]),
    ).toEqual([["LTC", [eventOf(3), eventOf(4)]]]);
    expect([omitted, more]).toEqual([0, []]);
    expect(
      await deliver(coinSignal({ episodeId: "bottomed_out:2:5", detectedAt: "2026-03-01T23:59:00.000Z" })),
    ).toMatchObject({ sent: 1 });
  });

  it("never sends more than the cap when changes come at once", async () => {
    const { api, deliver } = service();
    const mine = await inbox("mine");
    await api.create({ recipient: mine.recipient, dailyCap: 3 });
    await Promise.all([1, 2, 3, 4, 5, 6, 7, 8].map(index => deliver(episode(index))));
    expect(await mine.received()).toHaveLength(3);
  });

  it("holds what happens in quiet hours for one digest after them, with what has changed since", async () => {
    const { api, deliver, digest } = service();
    const mine = await inbox("mine");
    const quietHours = { from: "12:00", to: "14:00", timeZone: "UTC" };
    await api.create({ recipient: mine.recipient, quietHours });
    expect(await deliver()).toMatchObject({ sent: 0, held: 1 });
    await test.query(
      `INSERT INTO signal_events (crypto_id, episode_id, signal_type, state, confidence, opened_at, detected_at, price,
         detector_version, evidence, alerted)
       SELECT id, $1, 'bottomed_out', 'resolved', 0.5, now(), now(), 1, '1', '{}', true FROM cryptocurrencies`,
      [coinSignal().episodeId],
    );
    now = new Date("2026-03-01T14:00:00Z");
    expect(await digest()).toBe(1);
    const [message, ...more] = await mine.received();
    expect(AlertDigest.parse(message).data.coins).toMatchObject([
      {
        symbol: "LTC",
        name: "Litecoin",
        changes: [{ state: "confirmed", stateNow: "resolved", priceUsd: 80 }],
      },
    ]);
    expect(more).toEqual([]);
  });

  it("sends at once where one of a recipient's alerts knows no quiet hours", async () => {
    const { api, deliver } = service();
    const mine = await inbox("mine");
    const quietHours = { from: "12:00", to: "14:00", timeZone: "UTC" };
    await api.create({ recipient: mine.recipient, quietHours });
    await api.create({ recipient: mine.recipient, filter: { minConfidence: 0.7 } });
    expect(await deliver()).toMatchObject({ sent: 1, held: 0 });
    expect(await deliver(coinSignal({ episodeId: "bottomed_out:2:9", confidence: 0.6 }))).toMatchObject({
      sent: 0,
      held: 1,
    });
  });

  it("sends nothing to a recipient whose alerts have ended", async () => {
    const { api, deliver } = service();
    const mine = await inbox("mine");
    const { id } = (await api.create({ recipient: mine.recipient })).body;
    await api.end(String(id));
    expect(await deliver()).toEqual({ kind: "skipped", reason: "nobody asks for it" });
    expect(await mine.received()).toEqual([]);
  });
});
