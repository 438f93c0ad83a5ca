import type { Context, SQSEvent, SQSRecord } from "aws-lambda";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { logger } from "./logger.ts";
import { fifoConsumer, standardConsumer } from "./queue-consumer.ts";

beforeEach(() => {
  vi.restoreAllMocks();
  for (const level of ["info", "error"] as const) vi.spyOn(logger, level).mockImplementation(() => undefined);
});

/** Only what a consumer reads of the context. */
const context = { getRemainingTimeInMillis: () => 30_000 } as Context;

function record(number: number, group: string): SQSRecord {
  return {
    messageId: `message-${number}`,
    receiptHandle: `handle-${number}`,
    body: `body-${number}`,
    attributes: {
      ApproximateReceiveCount: "1",
      SentTimestamp: "0",
      SenderId: "sender",
      ApproximateFirstReceiveTimestamp: "0",
      MessageGroupId: group,
      MessageDeduplicationId: `id-${number}`,
      SequenceNumber: String(number),
    },
    messageAttributes: {},
    md5OfBody: "",
    eventSource: "aws:sqs",
    eventSourceARN: "arn:aws:sqs:us-east-2:000000000000:analysis.fifo",
    awsRegion: "us-east-2",
  };
}

function eventOf(...groups: string[]): SQSEvent {
  return { Records: groups.map((group, index) => record(index + 1, group)) };
}

/** A consumer that fails on these bodies, and what it was given. */
function consumer(...bad: string[]) {
  const received: string[] = [];
  const handler = fifoConsumer(async ({ body }) => {
    received.push(body);
    if (bad.includes(body)) throw new Error(`cannot process ${body}`);
    return { kind: "done", eventId: body };
  });
  return { received, handler };
}

describe("fifoConsumer", () => {
  it("leaves the rest of a failed group to the retry, and only that group", async () => {
    const { handler, received } = consumer("body-2");
    expect(await handler(eventOf("BTC", "ETH", "BTC", "ETH", "SOL"), context)).toEqual({
      batchItemFailures: [{ itemIdentifier: "message-2" }, { itemIdentifier: "message-4" }],
    });
    expect(received).toEqual(["body-1", "body-2", "body-3", "body-5"]);
  });

  it("acknowledges everything when nothing failed", async () => {
    const { handler } = consumer();
    expect(await handler(eventOf("BTC", "ETH"), context)).toEqual({ batchItemFailures: [] });
  });

  it("answers with the failures, instead of a throw, when every message failed", async () => {
    const { handler } = consumer("body-1", "body-2");
    expect(await handler(eventOf("BTC", "ETH"), context)).toEqual({
      batchItemFailures: [{ itemIdentifier: "message-1" }, { itemIdentifier: "message-2" }],
    });
  });

  it("forgets the failures of one batch at the next", async () => {
    const { handler } = consumer("body-1");
    await handler(eventOf("BTC", "BTC"), context);
    const next: SQSEvent = { Records: [record(7, "BTC")] };
    expect(await handler(next, context)).toEqual({ batchItemFailures: [] });
  });

  it("acknowledges what was skipped or parked", async () => {
    const handler = fifoConsumer(async ({ body }) =>
      body === "body-1"
        ? { kind: "skipped", eventId: body, reason: "received before" }
        : { kind: "parked", reason: "no JSON" },
    );
    expect(await handler(eventOf("BTC", "BTC"), context)).toEqual({ batchItemFailures: [] });
  });

  it("works on the messages one after the other", async () => {
    let running = 0;
    let mostAtOnce = 0;
    const handler = fifoConsumer(async ({ body }) => {
      mostAtOnce = Math.max(mostAtOnce, ++running);
      await Promise.resolve();
      running--;
      return { kind: "done", eventId: body };
    });
    await handler(eventOf("BTC", "ETH", "SOL"), context);
    expect(mostAtOnce).toBe(1);
  });

  it("logs how each message ended, with its group", async () => {
    const { handler } = consumer("body-2");
    await handler(eventOf("BTC", "ETH"), context);
    expect(vi.mocked(logger.info).mock.calls).toEqual([
      [
        "message done",
        { messageId: "message-1", group: "BTC", outcome: { kind: "done", eventId: "body-1" } },
      ],
    ]);
    expect(vi.mocked(logger.error).mock.calls).toEqual([
      [
        "message failed and will be delivered again",
        { messageId: "message-2", group: "ETH", attempt: 1, error: new Error("cannot process body-2") },
      ],
    ]);
  });
});

describe("standardConsumer", () => {
  it("leaves a failed message alone to the retry, and goes on with the others in their order", async () => {
    const received: string[] = [];
    const handler = standardConsumer(async ({ body }) => {
      received.push(body);
      if (body === "body-2") throw new Error(`cannot process ${body}`);
      return { kind: "done", eventId: body };
    });
    expect(await handler(eventOf("a", "a", "a"), context)).toEqual({
      batchItemFailures: [{ itemIdentifier: "message-2" }],
    });
    expect(received).toEqual(["body-1", "body-2", "body-3"]);
  });

  it("reports every message where all fail, and throws nothing", async () => {
    const handler = standardConsumer(async () => {
      throw new Error("no");
    });
    expect(await handler(eventOf("a", "b"), context)).toEqual({
      batchItemFailures: [{ itemIdentifier: "message-1" }, { itemIdentifier: "message-2" }],
    });
  });
});
