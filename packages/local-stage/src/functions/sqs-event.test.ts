import { describe, expect, it } from "vitest";
import { buildSqsEvent, settledMessages } from "./sqs-event.ts";

describe("buildSqsEvent", () => {
  it("has the shape of Lambda's event source mapping", () => {
    const message = {
      MessageId: "m1",
      ReceiptHandle: "r1",
      Body: "{}",
      MD5OfBody: "md5",
      MD5OfMessageAttributes: "md5a",
      Attributes: {
        ApproximateReceiveCount: "2",
        SentTimestamp: "10",
        SenderId: "000000000000",
        ApproximateFirstReceiveTimestamp: "11",
        MessageGroupId: "1",
        MessageDeduplicationId: "1:2",
        SequenceNumber: "00000000000000000007",
      },
      MessageAttributes: {
        symbol: { DataType: "String", StringValue: "BTC" },
        raw: { DataType: "Binary", BinaryValue: new Uint8Array([1, 2]) },
      },
    };
    expect(buildSqsEvent([message], "arn:queue", "us-east-2")).toEqual({
      Records: [
        {
          messageId: "m1",
          receiptHandle: "r1",
          body: "{}",
          attributes: message.Attributes,
          messageAttributes: {
            symbol: { stringValue: "BTC", stringListValues: [], binaryListValues: [], dataType: "String" },
            raw: { binaryValue: "AQI=", stringListValues: [], binaryListValues: [], dataType: "Binary" },
          },
          md5OfBody: "md5",
          md5OfMessageAttributes: "md5a",
          eventSource: "aws:sqs",
          eventSourceARN: "arn:queue",
          awsRegion: "us-east-2",
        },
      ],
    });
  });
});

describe("settledMessages", () => {
  const messages = ["a", "b", "c"].map(MessageId => ({ MessageId }));
  const settled = (payload: string, reports = true) =>
    settledMessages(messages, { ok: true, requestId: "1", payload }, reports).map(
      ({ MessageId }) => MessageId,
    );
  const all = ["a", "b", "c"];

  it.each([
    ["null", all],
    ["{}", all],
    ['{"batchItemFailures":null}', all],
    ['{"batchItemFailures":[]}', all],
    ['{"batchItemFailures":[{"itemIdentifier":"b"}]}', ["a", "c"]],
    ['{"batchItemFailures":[{"itemIdentifier":"b"},{"itemIdentifier":"b"}]}', ["a", "c"]],
    ['{"batchItemFailures":[{"itemIdentifier":""}]}', []],
    ['{"batchItemFailures":[{"itemIdentifier":null}]}', []],
    ['{"batchItemFailures":[{"id":"b"}]}', []],
    ['{"batchItemFailures":[{"itemIdentifier":"unknown"}]}', []],
    ['{"batchItemFailures":"b"}', []],
    ['"done"', []],
  ])("a function that answers %s is done with %j", (payload, expected) => {
    expect(settled(payload)).toEqual(expected);
  });

  it("the answer means nothing when the mapping does not ask for item failures", () => {
    expect(settled('{"batchItemFailures":[{"itemIdentifier":"b"}]}', false)).toEqual(all);
  });

  it("a function that throws is done with nothing", () => {
    const error = { errorType: "Error", errorMessage: "no", trace: [] };
    expect(settledMessages(messages, { ok: false, requestId: "1", error }, true)).toEqual([]);
  });
});
