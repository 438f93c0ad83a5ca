import { fifoConsumer } from "@vibe-charting/runtime";
import type { Context, SQSRecord } from "aws-lambda";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createMarket, historyHours, type Market, message, writtenRows } from "../test/market-fixture.ts";
import { marketLoader } from "./load-history.ts";
import { pricesReceiver } from "./receive-prices.ts";

let market: Market;
beforeEach(async () => {
  market = await createMarket();
  await market.addHistory(-historyHours, -1);
  await market.addListing(0);
});
afterEach(() => market.drop());

function record(messageId: string, group: string, body: string): SQSRecord {
  return {
    messageId,
    receiptHandle: messageId,
    body,
    attributes: {
      ApproximateReceiveCount: "1",
      SentTimestamp: "0",
      SenderId: "",
      ApproximateFirstReceiveTimestamp: "0",
      MessageGroupId: group,
    },
    messageAttributes: {},
    md5OfBody: "",
    eventSource: "aws:sqs",
    eventSourceARN: "arn:aws:sqs:us-east-2:000000000000:analysis.fifo",
    awsRegion: "us-east-2",
  };
}

/** Receives a batch as Lambda hands it over; gives the messages that are to come again. */
async function receive(records: readonly SQSRecord[]): Promise<readonly string[]> {
  const consume = fifoConsumer(
    pricesReceiver({
      openDatabase: async () => market.database,
      publish: async (_topic, events) => ({ published: events.map((_, index) => index), failed: [] }),
      loadMarket: marketLoader(),
    }),
  );
  // The consumer looks at no field of it.
  const { batchItemFailures } = await consume({ Records: [...records] }, {} as Context);
  return batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
}

const good = message("PUMP", 0);
const poisons: readonly (readonly [string, string, RegExp])[] = [
  ["no JSON", "prices, 60000", /^the body is not JSON$/],
  ["JSON that is no object", "[1]", /^the body is not the expected event: .*expected object/],
  ["another event", JSON.stringify({ ...good, type: "signals.detected" }), /expected "prices.ingested"/],
  ["another version", JSON.stringify({ ...good, specversion: "2.0" }), /expected "1.0"/],
  [
    "a time that is none",
    JSON.stringify({ ...good, data: { ...good.data, to: "yesterday" } }),
    /not the expected event/,
  ],
  ["256 KiB of something else", JSON.stringify({ note: "x".repeat(256 * 1024) }), /not the expected event/],
  [
    "a coin that nobody knows",
    JSON.stringify({ ...good, data: { ...good.data, cmcId: 404 } }),
    /^no coin has the CoinMarketCap id 404$/,
  ],
];

describe("a message that can never be processed", () => {
  it.each(poisons)(
    "is parked with its reason, and the coin's next one goes on: %s",
    async (_, body, reason) => {
      const batch = [record("bad", "999", body), record("good", "999", JSON.stringify(good))];
      expect(await receive(batch)).toEqual([]);
      expect(await market.query("SELECT consumer, message_id, reason, body FROM parked_messages")).toEqual([
        { consumer: "trend-analysis", message_id: "bad", reason: expect.stringMatching(reason), body },
      ]);
      expect(await market.query("SELECT event_id FROM inbox")).toEqual([{ event_id: good.id }]);
      expect((await writtenRows(market)).states).toHaveLength(1);
    },
  );

  it("is parked once, however often it comes, and leaves nothing else behind", async () => {
    const batch = poisons.map(([, body], index) => record(`bad-${index}`, "999", body));
    expect(await receive(batch)).toEqual([]);
    expect(await receive(batch)).toEqual([]);
    expect(await market.query("SELECT message_id FROM parked_messages")).toHaveLength(poisons.length);
    expect(await writtenRows(market)).toEqual({ trends: [], states: [], signals: [], alerts: [] });
    expect(await market.query("SELECT event_id FROM inbox")).toEqual([]);
  });
});
