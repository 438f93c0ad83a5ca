import { signalsDetected } from "@vibe-charting/contracts";
import { recordListing, upsertCoins } from "@vibe-charting/database";
import { createTestDatabase, type TestDatabase } from "@vibe-charting/database/testing";
import { standardConsumer } from "@vibe-charting/runtime";
import type { Context, SQSRecord } from "aws-lambda";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { signalReceiver } from "../src/deliver/receive-signal.ts";
import { alertsClient } from "./alerts-client.ts";
import { fakeSubscriptions } from "./fake-subscriptions.ts";
import { coinSignal } from "./signals.ts";

const now = new Date("2026-03-01T12:01:00.000Z");

const shared = {
  subscriptions: fakeSubscriptions().subscriptions,
  resolveHost: async () => ["203.0.114.7"],
  now: () => now,
};

let test: TestDatabase;
beforeEach(async () => {
  test = await createTestDatabase();
  await upsertCoins(test.database, [
    { cmcId: 2, symbol: "LTC", name: "Litecoin", slug: "litecoin", kind: "native", rank: 2 },
  ]);
  await recordListing(test.database, new Date("2026-03-01T12:00:00.000Z"), "coinmarketcap", 1);
  const topicArn = "arn:aws:sns:us-east-2:000000000000:test-alert-deliveries";
  const api = alertsClient({
    publicKeyId: "key-of-the-page",
    openDatabase: async () => test.database,
    topicArn,
    ...shared,
  });
  const recipient = { channel: "sqs", queueArn: "arn:aws:sqs:us-east-2:000000000000:mine" };
  expect((await api.create({ recipient })).status).toBe(201);
});
afterEach(() => test.drop());

/** Receives a batch as Lambda hands it over; gives the messages that are to come again. */
async function receive(bodies: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const consume = standardConsumer(
    signalReceiver({
      openDatabase: async () => test.database,
      publishDeliveries: async () => {},
      ...shared,
    }),
  );
  const Records = Object.entries(bodies).map(
    ([messageId, body]) =>
      // What a consumer reads of a message.
      ({ messageId, body, attributes: { ApproximateReceiveCount: "1" } }) as SQSRecord,
  );
  // The consumer looks at no field of the context.
  const { batchItemFailures } = await consume({ Records }, {} as Context);
  return batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
}

const { json, id } = signalsDetected(coinSignal());
const event = JSON.parse(json);

describe("a message that is no change of a signal", () => {
  it.each([
    ["no JSON", "BTC pumps", /^the body is not JSON$/],
    ["another event", JSON.stringify({ ...event, type: "prices.ingested" }), /expected "signals.detected"/],
    ["another version", JSON.stringify({ ...event, specversion: "0.3" }), /expected "1.0"/],
    ["256 KiB of something else", JSON.stringify({ note: "x".repeat(256 * 1024) }), /not the expected event/],
  ])("is parked with its reason, and the others go on: %s", async (_, body, reason) => {
    expect(await receive({ bad: body, good: JSON.stringify(event) })).toEqual([]);
    expect(await test.query("SELECT consumer, message_id, reason, body FROM parked_messages")).toEqual([
      { consumer: "alerts", message_id: "bad", reason: expect.stringMatching(reason), body },
    ]);
    expect(await test.query("SELECT event_id FROM alert_deliveries")).toEqual([{ event_id: id }]);
  });
});
