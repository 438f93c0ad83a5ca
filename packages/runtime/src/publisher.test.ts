import { PublishBatchCommand, SNSClient } from "@aws-sdk/client-sns";
import type { OutgoingEvent } from "@vibe-charting/contracts";
import { type FauxqsServer, startFauxqs } from "fauxqs";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { batches, deduplicationId, snsPublisher } from "./publisher.ts";

function event(overrides: Partial<OutgoingEvent> = {}): OutgoingEvent {
  return {
    topic: "prices.ingested",
    id: "prices:1",
    groupId: "1",
    json: JSON.stringify({ id: overrides.id ?? "prices:1" }),
    text: null,
    attributes: { type: { dataType: "String", value: "prices.ingested" } },
    ...overrides,
  };
}

describe("batches", () => {
  const sizes = (bytes: readonly number[]) =>
    batches(bytes.map(size => ({ bytes: size }))).map(batch => batch.map(entry => entry.bytes));

  it("holds at most ten entries, in their order", () => {
    const numbers = Array.from({ length: 23 }, (_, index) => index);
    expect(sizes(numbers)).toEqual([numbers.slice(0, 10), numbers.slice(10, 20), numbers.slice(20)]);
  });

  it("holds at most 256 KiB together", () => {
    const [half, third] = [128 * 1024, 100 * 1024];
    expect(sizes([half, half, 1, third, third, third])).toEqual([[half, half], [1, third, third], [third]]);
  });

  it("leaves an entry that is too large alone, for SNS to refuse it and nothing else", () => {
    expect(sizes([1, 300 * 1024, 1])).toEqual([[1], [300 * 1024], [1]]);
  });

  it("are none of nothing", () => {
    expect(batches([])).toEqual([]);
  });
});

describe("deduplicationId", () => {
  it("is the event's id where SNS takes that", () => {
    const id = "prices:2026-03-01T12:00:00.000Z:2026-03-01T12:00:00.000Z:1:listing:1";
    expect(deduplicationId(id)).toBe(id);
  });

  it.each([
    ["ids that are too long and differ at the start", `a${"x".repeat(200)}`, `b${"x".repeat(200)}`],
    ["ids that are too long and differ at the end", `${"x".repeat(200)}a`, `${"x".repeat(200)}b`],
    ["ids with characters that SNS refuses", "coin a", "coin-a"],
    ["ids beyond ASCII", "coin é", "coin è"],
  ])("differs for %s", (_, one, other) => {
    const ids = [one, other].map(deduplicationId);
    expect(new Set(ids).size).toBe(2);
    for (const id of ids) expect(id).toMatch(/^[\x21-\x7e]{1,128}$/);
  });
});

describe("snsPublisher", () => {
  let server: FauxqsServer;
  let sns: SNSClient;
  let fifoTopic: string;
  let standardTopic: string;

  beforeAll(async () => {
    server = await startFauxqs({ port: 0, host: "127.0.0.1", logger: false, defaultRegion: "us-east-2" });
    sns = new SNSClient({
      endpoint: `http://127.0.0.1:${server.port}`,
      region: "us-east-2",
      credentials: { accessKeyId: "test", secretAccessKey: "test" },
    });
  });
  afterAll(async () => {
    sns.destroy();
    await server.stop();
  });

  beforeEach(() => {
    vi.restoreAllMocks();
    server.reset();
    const region = "us-east-2";
    fifoTopic = server.createTopic("prices.fifo", { region, attributes: { FifoTopic: "true" } }).topicArn;
    standardTopic = server.createTopic("signals", { region }).topicArn;
    const fifo = { FifoQueue: "true" };
    server.createQueue("analysis.fifo", { region, attributes: fifo });
    server.createQueue("alerts", { region });
    const raw = { RawMessageDelivery: "true" };
    server.subscribe({ topic: "prices.fifo", queue: "analysis.fifo", region, attributes: raw });
    server.subscribe({ topic: "signals", queue: "alerts", region, attributes: raw });
  });

  const publisher = () =>
    snsPublisher({ "prices.ingested": fifoTopic, "signals.detected": standardTopic }, sns);
  const received = (queue: string) => server.inspectQueue(queue)?.messages.ready ?? [];

  it("delivers each event once, under its group and id, with its attributes", async () => {
    const result = await publisher()("prices.ingested", [event(), event()]);
    expect(result).toEqual({ published: [0, 1], failed: [] });
    expect(
      received("analysis.fifo").map(
        ({ body, messageGroupId, messageDeduplicationId, messageAttributes }) => ({
          body: JSON.parse(body),
          messageGroupId,
          messageDeduplicationId,
          messageAttributes,
        }),
      ),
    ).toEqual([
      {
        body: { id: "prices:1" },
        messageGroupId: "1",
        messageDeduplicationId: "prices:1",
        messageAttributes: { type: { DataType: "String", StringValue: "prices.ingested" } },
      },
    ]);
  });

  it("delivers the events of a group in their order", async () => {
    const events = Array.from({ length: 25 }, (_, index) => event({ id: `prices:${index}` }));
    await publisher()("prices.ingested", events);
    expect(received("analysis.fifo").map(({ messageDeduplicationId }) => messageDeduplicationId)).toEqual(
      events.map(({ id }) => id),
    );
  });

  it("calls SNS once for ten coins, whatever their order", async () => {
    const send = vi.spyOn(sns, "send");
    const coins = Array.from({ length: 20 }, (_, coin) =>
      event({ id: `prices:${coin}`, groupId: String(coin) }),
    );
    await publisher()("prices.ingested", coins);
    expect(send).toHaveBeenCalledTimes(2);
  });

  it("has ten calls under way at most", async () => {
    let underWay = 0;
    let most = 0;
    sns.middlewareStack.add(
      next => async args => {
        most = Math.max(most, ++underWay);
        return await next(args).finally(() => underWay--);
      },
      { step: "initialize", name: "count calls" },
    );
    const coins = Array.from({ length: 230 }, (_, coin) =>
      event({ id: `prices:${coin}`, groupId: String(coin) }),
    );
    const { published } = await publisher()("prices.ingested", coins);
    sns.middlewareStack.remove("count calls");
    expect({ published: published.length, most }).toEqual({ published: 230, most: 10 });
  });

  it("tells which events were refused, and keeps back what comes after them in their group", async () => {
    const tooLarge = JSON.stringify({ note: "x".repeat(300 * 1024) });
    const result = await publisher()("prices.ingested", [
      event({ id: "a1", groupId: "a" }),
      event({ id: "b1", groupId: "b", json: tooLarge }),
      event({ id: "a2", groupId: "a" }),
      event({ id: "b2", groupId: "b" }),
    ]);
    expect(result).toEqual({
      published: [0, 2],
      failed: [
        { index: 1, reason: expect.stringContaining("too long") },
        { index: 3, reason: "an earlier event of its group was not published" },
      ],
    });
    expect(received("analysis.fifo").map(({ messageDeduplicationId }) => messageDeduplicationId)).toEqual([
      "a1",
      "a2",
    ]);
  });

  it("sends words to e-mail and SMS, and the event to everybody else", async () => {
    const send = vi.spyOn(sns, "send");
    const text = { email: "Bitcoin ...", sms: "BTC ...", subject: "BTC: pump" };
    const alert = event({ topic: "signals.detected", id: "signal:1", groupId: null, text });
    await publisher()("signals.detected", [alert]);
    const [command] = send.mock.calls[0] ?? [];
    expect(command instanceof PublishBatchCommand && command.input.PublishBatchRequestEntries).toEqual([
      {
        Id: "0",
        Message: JSON.stringify({ default: '{"id":"signal:1"}', email: "Bitcoin ...", sms: "BTC ..." }),
        MessageStructure: "json",
        Subject: "BTC: pump",
        MessageAttributes: { type: { DataType: "String", StringValue: "prices.ingested" } },
      },
    ]);
  });

  it("reports every event when SNS does not answer", async () => {
    vi.spyOn(sns, "send").mockRejectedValue(new Error("connect ECONNREFUSED") as never);
    const events = ["a", "b"].map(id => event({ id, groupId: id }));
    expect(await publisher()("prices.ingested", events)).toEqual({
      published: [],
      failed: [
        { index: 0, reason: "Error: connect ECONNREFUSED" },
        { index: 1, reason: "Error: connect ECONNREFUSED" },
      ],
    });
  });

  it("refuses a topic that is not linked", async () => {
    await expect(snsPublisher({}, sns)("signals.detected", [event()])).rejects.toThrow(
      "The topic signals.detected is not linked to this function",
    );
  });
});
